package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// CREATE TABLE as Rails' `create_table`, and the constraints that it has no word for as SQL behind it.
final class RailsTable {
    private final Ddl.CreateTable table;
    private final List<String> lines = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private boolean exact = true;

    private RailsTable(Ddl.CreateTable table) {
        this.table = table;
    }

    /// @param after SQL
    record Created(Ruby call, List<String> after) {
        Created {
            after = List.copyOf(after);
        }
    }

    static Optional<Created> of(Ddl.CreateTable table) {
        return new RailsTable(table).created();
    }

    private Optional<Created> created() {
        Optional<Rule.Primary> primary = table.primary().filter(this::hasUsualName);
        exact = RailsNames.areSafe(table.table());
        Optional<String> own = primary.filter(key -> key.columns().size() == 1)
                .map(key -> key.columns().getFirst());
        boolean first = own.filter(table.columns().getFirst().name()::equals).isPresent();
        if (first) {
            key(table.columns().getFirst());
        } else if (primary.isPresent() && own.isEmpty()) {
            options.add("primary_key: " + Ruby.names(primary.get().columns()));
        } else {
            options.add("id: false");
        }
        table.columns().stream().skip(first ? 1 : 0).forEach(column -> column(column, own));
        List<String> after = rules();
        Ruby call = Ruby.call("create_table", RailsNames.of(table.table()))
                .with(options)
                .doing(lines);
        return exact ? Optional.of(new Created(call, after)) : Optional.empty();
    }

    /// Rails names no primary key; PostgreSQL does.
    private boolean hasUsualName(Rule.Primary key) {
        return key.name().equals(table.table().name() + "_pkey");
    }

    /// A table that names itself needs its key first.
    private boolean isSaid(Rule.Foreign foreign) {
        boolean own = foreign.references().equals(table.table());
        boolean late = table.primary().filter(key -> !hasUsualName(key)).isPresent();
        return RailsRules.canSay(foreign) && !foreign.notValid() && !(own && late);
    }

    private void key(NewColumn column) {
        Optional<RailsColumns.Type> type = RailsColumns.type(column);
        exact &= type.isPresent();
        if (!column.name().equals("id")) {
            options.add("primary_key: " + Ruby.name(column.name()));
        }
        type.filter(word -> !word.word().equals("bigserial")).ifPresent(word -> {
            options.add("id: " + word.argument());
            options.addAll(keyOptions(column, word));
        });
    }

    /// Without a default Rails makes a number one that counts by itself, and an uuid one that is drawn.
    private static List<String> keyOptions(NewColumn column, RailsColumns.Type type) {
        List<String> found = new ArrayList<>(RailsColumns.options(column, type));
        found.remove("null: false");
        boolean taken = List.of("integer", "bigint", "uuid").contains(type.word());
        if (taken && found.stream().noneMatch(option -> option.startsWith("default: "))) {
            found.add("default: nil");
        }
        return found;
    }

    private void column(NewColumn column, Optional<String> key) {
        Optional<RailsColumns.Type> type = RailsColumns.type(column);
        exact &= type.isPresent();
        type.ifPresent(word -> {
            boolean primary = key.filter(column.name()::equals).isPresent();
            Ruby call = word.known()
                    ? Ruby.call("t." + word.word(), Ruby.name(column.name()))
                    : Ruby.call("t.column", Ruby.name(column.name()), word.argument());
            List<String> found = primary ? new ArrayList<>(List.of("primary_key: true")) : new ArrayList<>(List.of());
            found.addAll(primary ? keyOptions(column, word) : RailsColumns.options(column, word));
            lines.addAll(call.with(found).lines());
        });
    }

    private List<String> rules() {
        List<String> after = new ArrayList<>();
        for (Rule rule : table.rules()) {
            switch (rule) {
                case Rule.Primary key when hasUsualName(key) -> {}
                case Rule.Primary key -> after.addFirst(RuleSql.add(table.table(), key));
                case Rule.Check check
                when RailsRules.canSay(check) -> {
                    exact &= !check.notValid();
                    lines.addAll(Ruby.call("t.check_constraint", Ruby.text(check.condition()))
                            .with("name", Ruby.text(check.name()))
                            .lines());
                }
                case Rule.Foreign foreign
                when isSaid(foreign) ->
                    lines.addAll(Ruby.call("t.foreign_key", RailsNames.of(foreign.references()))
                            .with(RailsRules.options(foreign))
                            .lines());
                case Rule.Check _, Rule.Foreign _, Rule.Unique _ -> after.add(RuleSql.add(table.table(), rule));
            }
        }
        return after;
    }
}
