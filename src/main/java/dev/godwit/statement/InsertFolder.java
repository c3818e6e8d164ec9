package dev.godwit.statement;

import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/// INSERT, and of which table each of its rows comes.
final class InsertFolder {
    /// What makes a result depend on more rows than its own, or on their order.
    private static final List<String> OVER_ROWS = List.of(
            "withClause",
            "distinctClause",
            "groupClause",
            "havingClause",
            "windowClause",
            "sortClause",
            "limitCount",
            "limitOffset",
            "lockingClause",
            "valuesLists",
            "larg");

    private final Names names;

    InsertFolder(Names names) {
        this.names = names;
    }

    Statement.InsertRows fold(SqlNode insert, Access access) {
        List<String> columns = insert.nodes("cols").stream()
                .flatMap(column -> column.text("name").stream())
                .toList();
        QualifiedName table = names.relation(insert.node("relation").orElseThrow());
        return new Statement.InsertRows(table, columns, rowsOf(insert, table), access);
    }

    private Optional<Statement.RowsOf> rowsOf(SqlNode insert, QualifiedName target) {
        boolean simple = !insert.has("withClause") && !insert.has("returningClause") && !insert.has("returningList");
        return insert.node("selectStmt")
                .filter(select -> simple && OVER_ROWS.stream().noneMatch(select::has))
                .filter(select -> select.nodes("fromClause").size() == 1)
                .flatMap(select -> {
                    SqlNode from = select.nodes("fromClause").getFirst();
                    boolean renamed = from.node("alias")
                            .filter(alias -> alias.has("colnames"))
                            .isPresent();
                    // what is inserted into the table that is gone through would come again without end
                    return from.is("RangeVar")
                                    && !renamed
                                    && !names.relation(from).equals(target)
                            ? Optional.of(new Statement.RowsOf(names.relation(from), asksFor(select, target)))
                            : Optional.empty();
                });
    }

    /// NOT EXISTS in the target leaves out what is inserted already.
    private boolean asksFor(SqlNode select, QualifiedName target) {
        return select.node("whereClause").stream()
                .flatMap(SqlNode::descendants)
                .filter(node -> node.is("SubLink"))
                .flatMap(SqlNode::descendants)
                .anyMatch(node -> node.is("RangeVar") && names.relation(node).equals(target));
    }
}
