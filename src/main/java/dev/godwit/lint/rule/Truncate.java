package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.Origin;
import dev.godwit.fact.RelationLock;
import dev.godwit.fact.RelationModel;
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
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.stream.Collectors;

/// A table that is emptied at once.
@AutoService(Rule.class)
public final class Truncate implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "truncate",
            60,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "TRUNCATE of a table that is in use.",
            "It takes an ACCESS EXCLUSIVE lock and loses all rows; with CASCADE it does so on every table that references it.",
            "Delete the rows in batches, or empty the table by hand when nobody uses it.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.Truncate truncate
                ? truncate.tables().stream()
                        .map(table -> finding(facts, truncate, table))
                        .toList()
                : List.of();
    }

    private static Finding finding(StatementFacts facts, Statement.Truncate truncate, QualifiedName table) {
        String cascade = truncate.cascade()
                ? " CASCADE empties" + others(facts, truncate) + " every table that references it."
                : "";
        String message = "TRUNCATE loses all rows of " + table + " under "
                + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table) + "." + cascade;
        Finding finding = Finding.at(facts, INFO, message).on(table).under(LockMode.ACCESS_EXCLUSIVE);
        return facts.origin(table) == Origin.UNDONE_UP
                ? finding.as(Severity.INFO).help("Keep a copy of its rows if they matter.")
                : finding.help("Delete the rows in batches instead: -- godwit:backfill batch=10000 above DELETE FROM "
                        + Wording.sql(table) + " WHERE ….");
    }

    /// Those that are known.
    private static String others(StatementFacts facts, Statement.Truncate truncate) {
        String names = facts.locks().stream()
                .map(RelationLock::relation)
                .filter(table -> !truncate.tables().contains(table))
                .filter(table ->
                        facts.relation(table).map(RelationModel::kind).orElse(ObjectKind.TABLE) == ObjectKind.TABLE)
                .map(QualifiedName::toString)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " " + names + ", and";
    }
}
