package dev.godwit.lint.rule;

import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.ColumnDefinition.Generated;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks at each column that a statement defines, or gives another type; a finding is at its name.
final class Columns {
    private Columns() {}

    /// What a rule says of one column.
    @FunctionalInterface
    interface Judge {
        Optional<Finding> judge(QualifiedName table, ColumnDefinition column);
    }

    /// @return of CREATE TABLE and ADD COLUMN
    static List<Finding> check(StatementFacts facts, Judge judge) {
        if (facts.statement().statement() instanceof Statement.CreateTable create) {
            return create.columns().stream()
                    .flatMap(column -> judge.judge(create.name(), column).stream()
                            .map(finding -> finding.in(NamePlaces.span(facts.statement(), column.name()))))
                    .toList();
        }
        return Actions.check(facts, AlterAction.AddColumn.class, (table, add, _) -> judge.judge(table, add.column()));
    }

    /// @return of CREATE TABLE, ADD COLUMN and ALTER COLUMN … TYPE, for what only the type decides
    static List<Finding> checkTypes(StatementFacts facts, Judge judge) {
        return Stream.concat(
                        check(facts, judge).stream(),
                        Actions.check(
                                facts,
                                AlterAction.AlterType.class,
                                (table, change, _) -> judge.judge(table, typed(change)))
                                .stream())
                .toList();
    }

    private static ColumnDefinition typed(AlterAction.AlterType change) {
        return new ColumnDefinition(
                change.column(), change.type(), false, Optional.empty(), Generated.NO, false, List.of());
    }
}
