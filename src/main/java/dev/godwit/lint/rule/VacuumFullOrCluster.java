package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.util.List;

/// A table that is written anew to get its space back.
@AutoService(Rule.class)
public final class VacuumFullOrCluster implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "vacuum-full-or-cluster",
            62,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "VACUUM FULL or CLUSTER of a table that is in use.",
            "It holds an ACCESS EXCLUSIVE lock while the table and all its indexes are written anew.",
            "Use VACUUM, which blocks nobody; to give space back online use pg_repack.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return switch (facts.statement().statement()) {
            case Statement.Maintenance vacuum when vacuum.full() -> findings(facts, "VACUUM FULL", vacuum.tables());
            case Statement.Cluster cluster ->
                findings(facts, "CLUSTER", cluster.table().stream().toList());
            default -> List.of();
        };
    }

    private static List<Finding> findings(StatementFacts facts, String verb, List<QualifiedName> tables) {
        return tables.isEmpty()
                ? List.of(finding(
                        facts,
                        verb + " writes one table after the other anew, each under an ACCESS"
                                + " EXCLUSIVE lock, which blocks reads and writes."))
                : tables.stream()
                        .map(table -> finding(
                                        facts,
                                        verb + " writes all of " + table + " and its indexes anew under "
                                                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + ".")
                                .on(table)
                                .growingWithRows())
                        .toList();
    }

    private static Finding finding(StatementFacts facts, String message) {
        return Finding.at(facts, INFO, message)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help("Plain VACUUM makes the space usable again and blocks nobody; pg_repack gives it back online.");
    }
}
