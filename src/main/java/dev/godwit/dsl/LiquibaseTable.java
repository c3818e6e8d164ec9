package dev.godwit.dsl;

import static dev.godwit.dsl.LiquibaseChanges.on;
import static dev.godwit.dsl.LiquibaseChanges.plain;
import static dev.godwit.dsl.LiquibaseChanges.schema;

import dev.godwit.postgres.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `createTable`, and beside it the constraints that it cannot hold: nobody sees the table between the two.
final class LiquibaseTable {
    private LiquibaseTable() {}

    static Optional<List<LiquibaseChange>> create(Ddl.CreateTable table) {
        if (plain(table.table()).isEmpty()) {
            return Optional.empty();
        }
        Optional<Rule.Primary> inline = table.primary().filter(key -> isInColumnsOrder(table, key));
        List<LiquibaseChange> columns = new ArrayList<>();
        for (NewColumn column : table.columns()) {
            LiquibaseColumns.of(column, inline.filter(key -> key.columns().contains(column.name())))
                    .ifPresent(columns::add);
        }
        List<LiquibaseChange> changes =
                new ArrayList<>(List.of(on("createTable", table.table()).with(columns)));
        for (Rule rule : table.rules()) {
            if (inline.filter(rule::equals).isEmpty()) {
                changes.add(rule(table.table(), rule).orElseGet(() -> bySql(table.table(), rule)));
            }
        }
        boolean keyKnown = inline.map(key -> LiquibaseNames.isPlain(key.name())).orElse(true);
        boolean whole = keyKnown && columns.size() == table.columns().size();
        return whole && !changes.contains(NOT_SAID) ? Optional.of(changes) : Optional.empty();
    }

    private static final LiquibaseChange NOT_SAID = LiquibaseChange.sql("");

    /// Liquibase puts the columns into the key in the order in which the table has them.
    private static boolean isInColumnsOrder(Ddl.CreateTable table, Rule.Primary key) {
        return table.columns().stream()
                .map(NewColumn::name)
                .filter(key.columns()::contains)
                .toList()
                .equals(key.columns());
    }

    private static LiquibaseChange bySql(Name table, Rule rule) {
        return rule instanceof Rule.Check check
                ? LiquibaseChange.sql("ALTER TABLE " + spelled(table) + " ADD CONSTRAINT "
                        + (LiquibaseNames.isPlain(check.name()) ? check.name() : Identifiers.quote(check.name()))
                        + " CHECK (" + check.condition() + ")")
                : NOT_SAID;
    }

    private static String spelled(Name table) {
        return table.schema().map(name -> name + ".").orElse("") + table.name();
    }

    static Optional<LiquibaseChange> rule(Name table, Rule rule) {
        return plain(table, rule.name()).flatMap(_ -> switch (rule) {
            case Rule.Check _ -> Optional.empty();
            case Rule.Primary key -> key("addPrimaryKey", table, key.name(), key.columns());
            case Rule.Unique key -> key("addUniqueConstraint", table, key.name(), key.columns());
            case Rule.Foreign key -> foreign(table, key);
        });
    }

    private static Optional<LiquibaseChange> key(String change, Name table, String name, List<String> columns) {
        return columns.stream().allMatch(LiquibaseNames::isPlain)
                ? Optional.of(on(change, table)
                        .with("columnNames", String.join(", ", columns))
                        .with("constraintName", name))
                : Optional.empty();
    }

    private static Optional<LiquibaseChange> foreign(Name table, Rule.Foreign key) {
        boolean plain = key.columns().stream().allMatch(LiquibaseNames::isPlain)
                && key.referenced().stream().allMatch(LiquibaseNames::isPlain)
                && LiquibaseNames.isPlain(key.references());
        if (!plain || key.notValid() || key.referenced().isEmpty()) {
            return Optional.empty();
        }
        LiquibaseChange change = schema(LiquibaseChange.of("addForeignKeyConstraint"), "baseTableSchemaName", table)
                .with("baseTableName", table.name())
                .with("baseColumnNames", String.join(", ", key.columns()))
                .with("constraintName", key.name());
        change = schema(change, "referencedTableSchemaName", key.references())
                .with("referencedTableName", key.references().name())
                .with("referencedColumnNames", String.join(", ", key.referenced()));
        Optional<String> update = key.onUpdate();
        if (update.isPresent()) {
            change = change.with("onUpdate", update.get());
        }
        Optional<String> delete = key.onDelete();
        if (delete.isPresent()) {
            change = change.with("onDelete", delete.get());
        }
        return Optional.of(
                switch (key.deferrable()) {
                    case NO -> change;
                    case INITIALLY_IMMEDIATE -> change.with("deferrable", "true");
                    case INITIALLY_DEFERRED -> change.with("deferrable", "true").with("initiallyDeferred", "true");
                });
    }
}
