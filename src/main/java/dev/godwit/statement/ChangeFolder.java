package dev.godwit.statement;

import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Folds UPDATE and DELETE.
final class ChangeFolder {
    /// What stands in the way of cutting the statement into batches by key.
    private static final Set<String> COMPLICATIONS =
            Set.of("withClause", "fromClause", "usingClause", "returningClause", "returningList");

    private ChangeFolder() {}

    static Statement fold(SqlNode node, Names names) {
        QualifiedName table = names.relation(node.node("relation").orElseThrow());
        Optional<Expression> where = ExpressionFolder.fold(node.node("whereClause"));
        Access access = AccessFolder.fold(node, names);
        boolean plain = COMPLICATIONS.stream().noneMatch(node::has)
                && node.descendants().noneMatch(part -> part.is("SubLink") || part.is("CurrentOfExpr"));
        if (node.is("DeleteStmt")) {
            return new Statement.DeleteRows(table, where, access, plain);
        }
        List<String> columns = node.nodes("targetList").stream()
                .flatMap(target -> target.text("name").stream())
                .toList();
        return new Statement.UpdateRows(table, columns, where, access, plain);
    }
}
