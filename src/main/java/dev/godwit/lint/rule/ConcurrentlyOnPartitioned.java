package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.RelationModel;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// A statement that the server has for plain tables only.
@AutoService(Rule.class)
public final class ConcurrentlyOnPartitioned implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "concurrently-on-partitioned",
            7,
            Severity.ERROR,
            Scope.EVERYTHING,
            "CREATE or DROP INDEX CONCURRENTLY of an index of a partitioned table.",
            "It fails at run time with SQLSTATE 0A000; without CONCURRENTLY it locks all partitions at once.",
            "Create the index ON ONLY the partitioned table, build it CONCURRENTLY on each partition, and attach each with ALTER INDEX … ATTACH PARTITION.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return switch (facts.statement().statement()) {
            case Statement.CreateIndex index ->
                index.concurrently() && !index.only() && facts.isPartitioned(index.table())
                        ? List.of(create(facts, index))
                        : List.of();
            case Statement.DropObjects drop ->
                drop.kind() == ObjectKind.INDEX && drop.concurrently()
                        ? drop.objects().stream()
                                .flatMap(index -> drop(facts, index).stream())
                                .toList()
                        : List.of();
            default -> List.of();
        };
    }

    private static Finding create(StatementFacts facts, Statement.CreateIndex index) {
        return Finding.at(
                        facts,
                        INFO,
                        index.table()
                                + " is partitioned: PostgreSQL refuses CREATE INDEX CONCURRENTLY on it with SQLSTATE"
                                + " 0A000.")
                .on(index.table())
                .help(
                        "Create the index ON ONLY " + Wording.sql(index.table())
                                + ", build it CONCURRENTLY on each partition, then attach each with ALTER INDEX … ATTACH PARTITION.");
    }

    private static Optional<Finding> drop(StatementFacts facts, QualifiedName index) {
        return facts.relation(index)
                .flatMap(RelationModel::table)
                .filter(facts::isPartitioned)
                .map(table -> Finding.at(
                                facts,
                                INFO,
                                table + " is partitioned: PostgreSQL refuses DROP INDEX CONCURRENTLY of its index "
                                        + index + " with SQLSTATE 0A000.")
                        .on(table)
                        .help(
                                "Use DROP INDEX, in a migration of its own: it takes an ACCESS EXCLUSIVE lock on the table and"
                                        + " on all partitions, for an instant."));
    }
}
