package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// A statement that the server refuses where it stands.
@AutoService(Rule.class)
public final class ConcurrentlyInTransaction implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "concurrently-in-transaction",
            4,
            Severity.ERROR,
            Scope.EVERYTHING,
            "A statement that PostgreSQL refuses inside a transaction block, such as CREATE INDEX CONCURRENTLY, is in one.",
            "It fails at run time with SQLSTATE 25001, and the transaction around it rolls back.",
            "Put it into a migration of its own that runs without a transaction.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (!facts.refusedInTransaction() || !facts.inTransaction()) {
            return List.of();
        }
        Finding finding = Finding.at(
                        facts,
                        INFO,
                        words(facts.statement().statement())
                                + " cannot run inside a transaction block: PostgreSQL refuses it with SQLSTATE 25001.")
                .help(help(context));
        return List.of(relation(facts).map(finding::on).orElse(finding));
    }

    private static Optional<QualifiedName> relation(StatementFacts facts) {
        return facts.locks().stream().map(lock -> lock.relation()).findFirst();
    }

    private static String help(LintContext context) {
        return context.mode() == TransactionMode.ALWAYS
                ? "Move it to a migration of its own that runs without a transaction"
                        + " (-- migrate:up transaction:false, or your framework's switch for it)."
                : "Take it out of BEGIN … COMMIT, best into a migration of its own.";
    }

    private static String words(Statement statement) {
        return switch (statement) {
            case Statement.CreateIndex _ -> "CREATE INDEX CONCURRENTLY";
            case Statement.DropObjects _ -> "DROP INDEX CONCURRENTLY";
            case Statement.Reindex reindex ->
                reindex.concurrently() ? "REINDEX CONCURRENTLY" : "REINDEX " + scope(reindex.kind());
            case Statement.Maintenance _ -> "VACUUM";
            case Statement.Cluster _ -> "CLUSTER of all tables";
            case Statement.AlterTable _ -> "DETACH PARTITION CONCURRENTLY";
            case Statement.ServerCommand command -> command.words();
            default -> "The statement";
        };
    }

    private static String scope(ObjectKind kind) {
        return kind == ObjectKind.SCHEMA ? "SCHEMA" : "DATABASE";
    }
}
