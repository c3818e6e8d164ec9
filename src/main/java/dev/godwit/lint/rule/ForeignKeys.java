package dev.godwit.lint.rule;

import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The foreign keys that an ALTER TABLE adds, be it by ADD CONSTRAINT or beside a new column.
final class ForeignKeys {
    private ForeignKeys() {}

    /// What a rule says of one foreign key.
    @FunctionalInterface
    interface Judge {
        Optional<Finding> judge(QualifiedName table, Constraint.ForeignKey key);
    }

    static List<Finding> check(StatementFacts facts, Judge judge) {
        List<Finding> found = new ArrayList<>(Actions.check(
                facts,
                AlterAction.AddConstraint.class,
                (table, add, _) -> of(add).flatMap(key -> judge.judge(table, key))));
        found.addAll(Actions.check(
                facts,
                AlterAction.AddColumn.class,
                (table, add, _) -> of(add).flatMap(key -> judge.judge(table, key))));
        return found;
    }

    /// @return the tables at both ends of the foreign keys that the statement adds
    static Set<QualifiedName> tables(StatementFacts facts) {
        Set<QualifiedName> tables = new HashSet<>();
        if (facts.statement().statement() instanceof Statement.AlterTable alter) {
            for (AlterAction action : alter.actions()) {
                of(action).ifPresent(key -> {
                    tables.add(alter.name());
                    tables.add(key.references());
                });
            }
        }
        return tables;
    }

    private static Optional<Constraint.ForeignKey> of(AlterAction action) {
        return switch (action) {
            case AlterAction.AddConstraint add ->
                add.constraint() instanceof Constraint.ForeignKey key ? Optional.of(key) : Optional.empty();
            case AlterAction.AddColumn add -> add.column().constraint(Constraint.ForeignKey.class);
            default -> Optional.empty();
        };
    }
}
