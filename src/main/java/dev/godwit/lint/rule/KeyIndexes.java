package dev.godwit.lint.rule;

import dev.godwit.fact.ConstraintNames;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Edits;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keys that build their index under the strongest lock: what UNIQUE and PRIMARY KEY have in common.
///
/// @param primary PRIMARY KEY, else UNIQUE
record KeyIndexes(RuleInfo rule, boolean primary, StatementFacts facts, LintContext context) {
    /// Words after which the constraint is more than a list of columns; then the author must decide.
    private static final List<String> OPTIONS = List.of("INCLUDE", "NULLS", "WITH", "TABLESPACE", "WITHOUT");

    List<Finding> check() {
        List<Finding> found = new ArrayList<>(Actions.check(
                facts,
                AlterAction.AddConstraint.class,
                (table, add, _) -> building(Stream.of(add.constraint()))
                        .map(key -> finding(table, key, "Build").fix(fix(table, key)))));
        found.addAll(Actions.check(
                facts,
                AlterAction.AddColumn.class,
                (table, add, _) -> building(add.column().constraints().stream())
                        .map(key -> finding(table, key, "Add the column without " + words() + ", then build"))));
        return found;
    }

    private Optional<Constraint.Key> building(Stream<Constraint> constraints) {
        return constraints
                .filter(Constraint.Key.class::isInstance)
                .map(Constraint.Key.class::cast)
                .filter(key -> key.primary() == primary && key.usingIndex().isEmpty())
                .findFirst();
    }

    private String words() {
        return primary ? "PRIMARY KEY" : "UNIQUE";
    }

    private Finding finding(QualifiedName table, Constraint.Key key, String order) {
        String message = words() + " builds its index under " + Wording.lockOn(LockMode.ACCESS_EXCLUSIVE, table)
                + " until the index is built.";
        return Finding.at(new Span(0, 0), rule, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .growingWithRows()
                .help(order + " the index first, outside a transaction, then attach it: " + safe(table, key, " ")
                        + nullable(table, key));
    }

    private String safe(QualifiedName table, Constraint.Key key, String separator) {
        String name = Wording.sql(ConstraintNames.of(table.name(), key));
        String columns = key.columns().stream().map(Wording::sql).collect(Collectors.joining(", "));
        return "CREATE UNIQUE INDEX CONCURRENTLY " + name + " ON " + Wording.sql(table) + " (" + columns + ");"
                + separator + "ALTER TABLE " + Wording.sql(table) + " ADD CONSTRAINT " + name + " " + words()
                + " USING INDEX " + name;
    }

    /// PRIMARY KEY makes its columns NOT NULL, and reads the table for that unless they are.
    private String nullable(QualifiedName table, Constraint.Key key) {
        return primary && !holdNoNull(table, key)
                ? "; the columns must be NOT NULL before that, or the table is read after all"
                : "";
    }

    private boolean holdNoNull(QualifiedName table, Constraint.Key key) {
        return facts.relation(table)
                .map(relation -> key.columns().stream().allMatch(relation::holdsNoNull))
                .orElse(false);
    }

    private Optional<String> fix(QualifiedName table, Constraint.Key key) {
        boolean plain = Actions.alone(facts)
                && Edits.endsWithList(facts.statement())
                && OPTIONS.stream().noneMatch(word -> Edits.hasWord(facts.statement(), word))
                && (!primary || holdNoNull(table, key));
        return plain && context.canLeaveAlone() ? Optional.of(safe(table, key, "\n")) : Optional.empty();
    }
}
