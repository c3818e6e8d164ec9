package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.Origin;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// A default that the rows that are there do not get.
@AutoService(Rule.class)
public final class DefaultForNewRowsOnly implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "default-for-new-rows-only",
                    56,
                    Severity.INFO,
                    Scope.EXISTING_RELATIONS,
                    "SET DEFAULT on a column that was there before, with no UPDATE of it after.",
                    "Only rows inserted from then on get it; the others keep what they have, mostly NULL.",
                    "Fill the old rows in batches, or say in a suppression that they stay as they are.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.SetDefault.class,
                (table, set, _) -> isOld(facts, table, set.column()) && !isFilled(facts, table, set.column(), context)
                        ? Optional.of(finding(facts, table, set.column()))
                        : Optional.empty());
    }

    private static boolean isOld(StatementFacts facts, QualifiedName table, String column) {
        return facts.relation(table)
                .flatMap(relation -> relation.column(column))
                .map(found -> found.origin() == Origin.EXISTING)
                .orElse(true);
    }

    private static boolean isFilled(StatementFacts facts, QualifiedName table, String column, LintContext context) {
        return context.after(facts).stream()
                .map(later -> later.statement().statement())
                .anyMatch(later -> later instanceof Statement.UpdateRows update
                        && update.table().equals(table)
                        && update.columns().contains(column));
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, String column) {
        return Finding.at(
                        facts,
                        INFO,
                        "Rows that are in " + table + " already do not get the new default of " + column + ".")
                .on(table)
                .help("-- godwit:backfill batch=10000 above UPDATE " + Wording.sql(table) + " SET "
                        + Wording.sql(column) + " = … WHERE " + Wording.sql(column) + " IS NULL;");
    }
}
