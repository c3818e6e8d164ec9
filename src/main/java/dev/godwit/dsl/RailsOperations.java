package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One change as a call of Rails' migrations.
///
/// @param known what other statements of the migration say about indexes and constraints that one only names
record RailsOperations(Known known) {
    /// @return empty when Rails has no call that says just this
    Optional<Ruby> of(Ddl change) {
        return switch (change) {
            case Ddl.CreateTable table ->
                RailsTable.of(table)
                        .filter(created -> created.after().isEmpty())
                        .map(RailsTable.Created::call);
            case Ddl.CreateIndex index -> index(index);
            case Ddl.AddColumn add -> column(add);
            case Ddl.DropColumn drop -> on("remove_column", drop.table(), Ruby.name(drop.column()));
            case Ddl.AddRule add -> safe(add.table()).flatMap(_ -> RailsRules.add(add.table(), add.rule()));
            case Ddl.DropRule drop ->
                safe(drop.table()).flatMap(_ -> known.rule(drop)).flatMap(rule -> RailsRules.drop(drop.table(), rule));
            case Ddl.SetNotNull set -> on("change_column_null", set.table(), Ruby.name(set.column()), "false");
            case Ddl.DropNotNull drop -> on("change_column_null", drop.table(), Ruby.name(drop.column()), "true");
            case Ddl.SetDefault set ->
                on("change_column_default", set.table(), Ruby.name(set.column()), Ruby.expression(set.value()));
            case Ddl.DropDefault drop -> on("change_column_default", drop.table(), Ruby.name(drop.column()), "nil");
            case Ddl.AlterType alter -> type(alter);
            case Ddl.RenameColumn rename ->
                on("rename_column", rename.table(), Ruby.name(rename.column()), Ruby.name(rename.to()));
            // Rails would rename sequence and indexes too.
            case Ddl.RenameTable _ -> Optional.empty();
            case Ddl.DropTable drop -> on("drop_table", drop.table());
            case Ddl.DropIndex drop -> dropIndex(drop);
        };
    }

    private static Optional<Name> safe(Name table) {
        return Optional.of(table).filter(RailsNames::areSafe);
    }

    private static Optional<Ruby> on(String method, Name table, String... arguments) {
        return safe(table).map(name -> Ruby.call(method, RailsNames.of(name)).with(List.of(arguments)));
    }

    private static Optional<Ruby> column(Ddl.AddColumn add) {
        return RailsColumns.type(add.column())
                .filter(_ -> add.rules().isEmpty())
                .flatMap(type -> on(
                                "add_column",
                                add.table(),
                                Ruby.name(add.column().name()),
                                type.argument())
                        .map(call -> call.with(RailsColumns.options(add.column(), type))));
    }

    private static Optional<Ruby> type(Ddl.AlterType alter) {
        return RailsColumns.type(alter.type())
                .filter(_ -> !alter.type().isSerial())
                .flatMap(type -> on("change_column", alter.table(), Ruby.name(alter.column()), type.argument())
                        .map(call -> call.with(type.options())));
    }

    private static Optional<Ruby> index(Ddl.CreateIndex index) {
        boolean said = index.include().isEmpty()
                && RailsNames.areSafe(index.table())
                && RailsNames.isSafe(index.name())
                && keysAreSaid(index);
        if (!said) {
            return Optional.empty();
        }
        List<String> options = new ArrayList<>();
        options.add("name: " + Ruby.text(index.name()));
        options.addAll(columnOptions(index));
        index.where().ifPresent(where -> options.add("where: " + Ruby.text(where)));
        if (index.unique()) {
            options.add("unique: true");
        }
        if (!index.method().equals("btree")) {
            options.add("using: " + Ruby.name(index.method()));
        }
        if (index.concurrently()) {
            options.add("algorithm: :concurrently");
        }
        return Optional.of(Ruby.call("add_index", RailsNames.of(index.table()), keys(index))
                .with(options));
    }

    private static boolean hasExpression(Ddl.CreateIndex index) {
        return index.keys().stream().anyMatch(key -> key.column().isEmpty());
    }

    /// Order and operator class go by column, so a column that stands twice has but one of each.
    private static boolean keysAreSaid(Ddl.CreateIndex index) {
        return hasExpression(index)
                || index.keys().stream().map(IndexKey::column).distinct().count()
                        == index.keys().size();
    }

    /// A text that is no single column stands for all keys as they are.
    private static String keys(Ddl.CreateIndex index) {
        if (hasExpression(index)) {
            return Ruby.text(index.keys().stream().map(IndexKey::sql).collect(Collectors.joining(", ")));
        }
        List<String> columns =
                index.keys().stream().flatMap(key -> key.column().stream()).toList();
        String only = Ruby.name(columns.getFirst());
        return columns.size() == 1 && only.startsWith(":") ? only : Ruby.names(columns);
    }

    private static List<String> columnOptions(Ddl.CreateIndex index) {
        if (hasExpression(index)) {
            return List.of();
        }
        List<String> options = new ArrayList<>();
        String orders = index.keys().stream()
                .flatMap(key -> key.order().map(order -> pair(key, order(order))).stream())
                .collect(Collectors.joining(", "));
        String classes = index.keys().stream()
                .flatMap(key -> key.operatorClass().map(word -> pair(key, Ruby.name(word))).stream())
                .collect(Collectors.joining(", "));
        if (!orders.isEmpty()) {
            options.add("order: { " + orders + " }");
        }
        if (!classes.isEmpty()) {
            options.add("opclass: { " + classes + " }");
        }
        return options;
    }

    private static String order(String words) {
        return words.contains(" ") ? Ruby.text(words) : ":" + words.toLowerCase(java.util.Locale.ROOT);
    }

    private static String pair(IndexKey key, String value) {
        String name = Ruby.name(key.column().orElseThrow());
        return name.startsWith(":") ? name.substring(1) + ": " + value : name + ": " + value;
    }

    /// Rails wants the table that the index is on, which SQL does not say.
    private Optional<Ruby> dropIndex(Ddl.DropIndex drop) {
        return known.index(drop)
                .map(Ddl.CreateIndex::table)
                .flatMap(RailsOperations::safe)
                .filter(_ -> RailsNames.isSafe(drop.index().name()))
                .map(table -> Ruby.call("remove_index", RailsNames.of(table))
                        .with("name", Ruby.text(drop.index().name())))
                .map(call -> drop.concurrently() ? call.with("algorithm", ":concurrently") : call);
    }
}
