package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ConstraintNames;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Edits;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A unique index that is built behind the strongest lock there is.
@AutoService(Rule.class)
public final class UniqueConstraintNotUsingIndex implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "unique-constraint-not-using-index",
            14,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ADD CONSTRAINT … UNIQUE, or ADD COLUMN … UNIQUE, without USING INDEX.",
            "It holds an ACCESS EXCLUSIVE lock until the unique index is built, so every query waits for the whole build.",
            "Use CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX, which takes an instant.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Stream.concat(
                        Actions.check(
                                facts,
                                AlterAction.AddConstraint.class,
                                (table, add, _) -> added(table, add.constraint())
                                        .map(finding -> finding.fix(fix(facts, table, add.constraint(), context))))
                                .stream(),
                        Actions.check(
                                facts,
                                AlterAction.AddColumn.class,
                                (table, add, _) -> add.column()
                                        .constraint(Constraint.Key.class)
                                        .flatMap(key -> added(table, key)))
                                .stream())
                .toList();
    }

    private static Optional<Finding> added(QualifiedName table, Constraint constraint) {
        return constraint instanceof Constraint.Key key
                        && !key.primary()
                        && key.usingIndex().isEmpty()
                ? Optional.of(finding(table, key))
                : Optional.empty();
    }

    private static Finding finding(QualifiedName table, Constraint.Key key) {
        String message = "UNIQUE builds its index under " + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table)
                + " until the index is built.";
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help("Build the index first, outside a transaction, then attach it: " + safe(table, key, " "));
    }

    private static String safe(QualifiedName table, Constraint.Key key, String separator) {
        String name = Wording.sql(ConstraintNames.of(table.name(), key));
        String columns = key.columns().stream().map(Wording::sql).collect(Collectors.joining(", "));
        return "CREATE UNIQUE INDEX CONCURRENTLY " + name + " ON " + Wording.sql(table) + " (" + columns + ");"
                + separator + "ALTER TABLE " + Wording.sql(table) + " ADD CONSTRAINT " + name + " UNIQUE USING INDEX "
                + name;
    }

    /// Where the constraint carries options (INCLUDE, DEFERRABLE, …) the author must decide.
    private static Optional<String> fix(
            StatementFacts facts, QualifiedName table, Constraint constraint, LintContext context) {
        boolean plain = Actions.alone(facts)
                && Edits.endsWithList(facts.statement())
                && Stream.of("INCLUDE", "NULLS", "WITH", "TABLESPACE", "WITHOUT")
                        .noneMatch(word -> Edits.hasWord(facts.statement(), word));
        return plain && context.canLeaveTransaction() && constraint instanceof Constraint.Key key
                ? Optional.of(safe(table, key, "\n"))
                : Optional.empty();
    }
}
