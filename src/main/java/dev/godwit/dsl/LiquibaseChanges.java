package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Changes of a schema as Liquibase's own. Source: the documentation of Liquibase's change types, and what 4.29 sends.
final class LiquibaseChanges {
    private LiquibaseChanges() {}

    /// @return empty when one of them has none that does just this
    static Optional<List<LiquibaseChange>> of(List<Ddl> changes) {
        List<LiquibaseChange> all = new ArrayList<>();
        for (Ddl change : changes) {
            Optional<List<LiquibaseChange>> one = change(change);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(one.get());
        }
        return Optional.of(all);
    }

    /// `dropIndex` wants the table, which the statement does not say, and the constraints' drops the kind. What sets a
    /// default would be undone to none, whatever was there before; `modifyDataType` adds a USING of its own.
    private static Optional<List<LiquibaseChange>> change(Ddl change) {
        return switch (change) {
            case Ddl.CreateTable table -> LiquibaseTable.create(table);
            case Ddl.CreateIndex index -> index(index).map(List::of);
            case Ddl.AddColumn add -> addColumn(add).map(List::of);
            case Ddl.AddRule add -> LiquibaseTable.rule(add.table(), add.rule()).map(List::of);
            case Ddl.DropColumn drop -> one("dropColumn", drop.table(), "columnName", drop.column());
            case Ddl.SetNotNull set -> one("addNotNullConstraint", set.table(), "columnName", set.column());
            case Ddl.DropNotNull drop -> one("dropNotNullConstraint", drop.table(), "columnName", drop.column());
            case Ddl.RenameTable rename ->
                plain(rename.table(), rename.to())
                        .map(_ -> List.of(schema(LiquibaseChange.of("renameTable"), "schemaName", rename.table())
                                .with("oldTableName", rename.table().name())
                                .with("newTableName", rename.to())));
            case Ddl.RenameColumn rename ->
                plain(rename.table(), rename.column(), rename.to())
                        .map(_ -> List.of(on("renameColumn", rename.table())
                                .with("oldColumnName", rename.column())
                                .with("newColumnName", rename.to())));
            case Ddl.DropTable drop -> plain(drop.table()).map(_ -> List.of(on("dropTable", drop.table())));
            case Ddl.DropIndex _, Ddl.DropRule _ -> Optional.empty();
            case Ddl.SetDefault _, Ddl.DropDefault _, Ddl.AlterType _ -> Optional.empty();
        };
    }

    /// @return the table, when it and the other names can stand without quotes
    static Optional<Name> plain(Name table, String... others) {
        boolean plain = LiquibaseNames.isPlain(table) && Stream.of(others).allMatch(LiquibaseNames::isPlain);
        return plain ? Optional.of(table) : Optional.empty();
    }

    static LiquibaseChange schema(LiquibaseChange change, String attribute, Name table) {
        return table.schema().map(name -> change.with(attribute, name)).orElse(change);
    }

    static LiquibaseChange on(String change, Name table) {
        return schema(LiquibaseChange.of(change), "schemaName", table).with("tableName", table.name());
    }

    private static Optional<List<LiquibaseChange>> one(String change, Name table, String attribute, String column) {
        return plain(table, column).map(_ -> List.of(on(change, table).with(attribute, column)));
    }

    private static Optional<LiquibaseChange> addColumn(Ddl.AddColumn add) {
        boolean simple = add.rules().isEmpty() && add.column().identity() == NewColumn.Identity.NO;
        return plain(add.table())
                .filter(_ -> simple)
                .flatMap(_ -> LiquibaseColumns.of(add.column(), Optional.empty()))
                .map(column -> on("addColumn", add.table()).with(List.of(column)));
    }

    private static Optional<LiquibaseChange> index(Ddl.CreateIndex index) {
        boolean more = index.concurrently()
                || index.where().isPresent()
                || !index.include().isEmpty()
                || !index.method().equals("btree")
                || index.keys().stream().anyMatch(key -> !isKnown(key));
        if (more || plain(index.table(), index.name()).isEmpty()) {
            return Optional.empty();
        }
        LiquibaseChange change = on("createIndex", index.table()).with("indexName", index.name());
        if (index.unique()) {
            change = change.with("unique", "true");
        }
        return Optional.of(
                change.with(index.keys().stream().map(LiquibaseChanges::key).toList()));
    }

    private static boolean isKnown(IndexKey key) {
        boolean ordered = key.order().isEmpty() || key.isDescending();
        return key.operatorClass().isEmpty()
                && key.column()
                        .map(name -> ordered && LiquibaseNames.isPlain(name))
                        .orElse(key.order().isEmpty());
    }

    private static LiquibaseChange key(IndexKey key) {
        LiquibaseChange column =
                LiquibaseChange.of("column").with("name", key.column().orElse(key.text()));
        if (key.column().isEmpty()) {
            return column.with("computed", "true");
        }
        return key.isDescending() ? column.with("descending", "true") : column;
    }
}
