package dev.godwit.statement;

import dev.godwit.postgres.QualifiedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds which columns of which relations a query reads.
final class ColumnUsesFolder {
    private final Map<String, Set<QualifiedName>> aliases = new HashMap<>();
    private final Map<QualifiedName, Set<String>> columns = new HashMap<>();

    private ColumnUsesFolder() {}

    static ColumnUses fold(SqlNode query, Names names) {
        ColumnUsesFolder folder = new ColumnUsesFolder();
        Set<QualifiedName> reads = AccessFolder.fold(query, names).reads();
        reads.forEach(read -> folder.columns.put(read, new HashSet<>()));
        query.descendants()
                .filter(node -> node.is("RangeVar") || node.has("relname"))
                .forEach(node -> folder.alias(node, names.relation(node)));
        query.descendants().filter(node -> node.is("ColumnRef")).forEach(folder::column);
        return new ColumnUses(folder.columns);
    }

    private void alias(SqlNode rangeVar, QualifiedName relation) {
        String known =
                rangeVar.node("alias").flatMap(alias -> alias.text("aliasname")).orElse(relation.name());
        aliases.computeIfAbsent(known, _ -> new HashSet<>()).add(relation);
    }

    private void column(SqlNode reference) {
        List<SqlNode> fields = reference.nodes("fields");
        String column = fields.isEmpty() || fields.getLast().is("A_Star")
                ? ColumnUses.ALL
                : fields.getLast().text("sval").orElse(ColumnUses.ALL);
        String qualifier =
                fields.size() > 1 ? fields.get(fields.size() - 2).text("sval").orElse("") : "";
        Set<QualifiedName> named = aliases.getOrDefault(qualifier, columns.keySet());
        named.forEach(relation -> columns.computeIfPresent(relation, (_, read) -> with(read, column)));
    }

    private static Set<String> with(Set<String> read, String column) {
        read.add(column);
        return read;
    }
}
