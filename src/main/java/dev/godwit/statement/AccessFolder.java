package dev.godwit.statement;

import dev.godwit.postgres.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the relations that a query touches, however deep it nests.
///
/// A name that a WITH defines anywhere in the statement is taken to mean that WITH everywhere in it; a table of the
/// same
/// name, read in another part, is missed.
final class AccessFolder {
    private static final Set<String> WRITERS = Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    private final Names names;
    private final Set<String> commonTables = new HashSet<>();
    private final Set<QualifiedName> reads = new HashSet<>();
    private final Set<QualifiedName> rowLocks = new HashSet<>();
    private final Set<QualifiedName> writes = new HashSet<>();

    private AccessFolder(Names names) {
        this.names = names;
    }

    static Access fold(SqlNode query, Names names) {
        AccessFolder folder = new AccessFolder(names);
        query.descendants()
                .filter(node -> node.is("CommonTableExpr"))
                .forEach(node -> node.text("ctename").ifPresent(folder.commonTables::add));
        folder.walk(query);
        folder.reads.removeAll(folder.rowLocks);
        return new Access(folder.reads, folder.rowLocks, folder.writes);
    }

    private void walk(SqlNode node) {
        if (WRITERS.contains(node.type())) {
            node.node("relation").ifPresent(target -> writes.add(names.relation(target)));
        }
        if (node.is("RangeVar") && !commonTable(node)) {
            reads.add(names.relation(node));
        }
        if (node.has("lockingClause")) {
            lockRows(node);
        }
        node.children().filter(child -> !child.is("LockingClause")).forEach(this::walk);
    }

    private void lockRows(SqlNode select) {
        for (SqlNode clause : select.nodes("lockingClause")) {
            List<String> only = clause.nodes("lockedRels").stream()
                    .flatMap(named -> named.text("relname").stream())
                    .toList();
            select.nodes("fromClause").stream()
                    .flatMap(SqlNode::descendants)
                    .filter(node -> node.is("RangeVar") && !commonTable(node))
                    .filter(node -> only.isEmpty() || only.contains(knownAs(node)))
                    .forEach(node -> rowLocks.add(names.relation(node)));
        }
    }

    private static String knownAs(SqlNode rangeVar) {
        return rangeVar.node("alias")
                .flatMap(alias -> alias.text("aliasname"))
                .or(() -> rangeVar.text("relname"))
                .orElse("");
    }

    private boolean commonTable(SqlNode rangeVar) {
        return !rangeVar.has("schemaname")
                && commonTables.contains(rangeVar.text("relname").orElse(""));
    }
}
