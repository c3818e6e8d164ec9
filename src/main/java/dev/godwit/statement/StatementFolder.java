package dev.godwit.statement;

/// Folds PostgreSQL's parse tree into a [Statement].
final class StatementFolder {
    private StatementFolder() {}

    static Statement fold(SqlNode node) {
        return new Statement.Other(node.type());
    }
}
