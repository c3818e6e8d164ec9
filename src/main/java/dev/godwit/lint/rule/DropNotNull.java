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
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Direction;
import dev.godwit.statement.AlterAction;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// A column whose readers may meet their first NULL.
@AutoService(Rule.class)
public final class DropNotNull implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "drop-not-null",
            39,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "DROP NOT NULL on a column that is in use.",
            "Code that has never seen a NULL there may fail on the first one; and once there is one, NOT NULL cannot come back (SQLSTATE 23502), so the release cannot be rolled back cleanly.",
            "Release code that copes with NULL first; or give the column a DEFAULT instead.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return context.direction() == Direction.DOWN
                ? List.of()
                : Actions.check(
                        facts,
                        AlterAction.DropNotNull.class,
                        (table, drop, _) -> harmless(facts, table, drop.column())
                                ? Optional.empty()
                                : Optional.of(finding(table, drop.column())));
    }

    /// The release added the column, or a catalog knows that NULL was allowed all along.
    private static boolean harmless(StatementFacts facts, QualifiedName table, String column) {
        return facts.relation(table)
                .flatMap(relation -> relation.column(column))
                .filter(found ->
                        found.origin() == Origin.RELEASE || (found.type().isPresent() && !found.notNull()))
                .isPresent();
    }

    private static Finding finding(QualifiedName table, String column) {
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "Readers of " + column + " of " + table
                                + " may meet their first NULL; after that a rollback cannot"
                                + " make it NOT NULL again.")
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help(
                        "Release code that copes with NULL there first; if only INSERTs should leave it out, SET DEFAULT.");
    }
}
