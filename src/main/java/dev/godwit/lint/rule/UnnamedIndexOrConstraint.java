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
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// A name that depends on what else there is.
@AutoService(Rule.class)
public final class UnnamedIndexOrConstraint implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "unnamed-index-or-constraint",
                    11,
                    Severity.INFO,
                    Scope.EXISTING_RELATIONS,
                    "An index or a constraint without a name.",
                    "PostgreSQL chooses one that is free, so it may differ between databases, and the migration that drops it later fails on some; run twice, the statement builds the index twice.",
                    "Name it.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (facts.statement().statement() instanceof Statement.CreateIndex index) {
            return index.name().isEmpty() ? List.of(finding(facts, index.table(), "index")) : List.of();
        }
        return Actions.check(
                facts,
                AlterAction.AddConstraint.class,
                (table, add, _) -> isUnnamed(add.constraint())
                        ? Optional.of(finding(facts, table, "constraint"))
                        : Optional.empty());
    }

    /// One that takes an index over takes its name as well.
    private static boolean isUnnamed(Constraint constraint) {
        boolean named =
                constraint instanceof Constraint.Key key && key.usingIndex().isPresent();
        return constraint.name().isEmpty() && !named;
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, String what) {
        return Finding.at(
                        facts,
                        INFO,
                        "This " + what + " of " + table + " has no name: PostgreSQL chooses one that is free, which may"
                                + " differ between databases.")
                .on(table)
                .help("Name it.");
    }
}
