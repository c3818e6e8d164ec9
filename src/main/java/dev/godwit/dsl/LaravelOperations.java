package dev.godwit.dsl;

import dev.godwit.source.framework.PhpNowdoc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// One change in the words of Laravel's schema builder, which has none for a condition, an expression, an order, and
/// without a package of its own none to change or rename a column.
///
/// @param known what other statements of the migration say about indexes and constraints that one only names
record LaravelOperations(Known known) {
    /// @return empty when Laravel has no word that says just this
    Optional<List<Php>> of(Ddl change) {
        return switch (change) {
            case Ddl.CreateTable table -> create(table);
            case Ddl.AddColumn add ->
                LaravelColumns.line(add.column(), false)
                        .filter(_ ->
                                add.rules().isEmpty() && !add.column().type().isSerial())
                        .flatMap(line -> on(add.table(), line, true));
            case Ddl.CreateIndex index -> index(index);
            case Ddl.AddRule add -> rule(add.table(), add.rule()).flatMap(line -> on(add.table(), line, false));
            case Ddl.DropColumn drop -> named("dropColumn", drop.table(), drop.column());
            case Ddl.DropRule drop ->
                known.rule(drop)
                        .flatMap(LaravelOperations::dropWord)
                        .flatMap(word -> named(word, drop.table(), drop.rule()));
            case Ddl.DropIndex drop ->
                known.index(drop)
                        .filter(_ -> !drop.concurrently())
                        .map(Ddl.CreateIndex::table)
                        .filter(table -> table.schema().isEmpty())
                        .flatMap(table -> named("dropIndex", table, drop.index().name()));
            case Ddl.RenameTable rename ->
                alone(
                        "Schema::rename(",
                        rename.table(),
                        LaravelNames.isSafe(rename.to()),
                        ", " + Php.text(rename.to()));
            case Ddl.DropTable drop -> alone("Schema::drop(", drop.table(), true, "");
            case Ddl.SetNotNull _,
                    Ddl.DropNotNull _,
                    Ddl.SetDefault _,
                    Ddl.DropDefault _,
                    Ddl.AlterType _,
                    Ddl.RenameColumn _ -> Optional.empty();
        };
    }

    private static Optional<List<Php>> alone(String call, Name table, boolean safe, String more) {
        return safe && LaravelNames.areSafe(table)
                ? Optional.of(List.of(Php.alone(call + LaravelNames.of(table) + more + ");")))
                : Optional.empty();
    }

    private static String open(String word, Name table) {
        return "Schema::" + word + "(" + LaravelNames.of(table) + ", function (Blueprint $table) {";
    }

    private static Optional<List<Php>> on(Name table, String line, boolean adds) {
        return LaravelNames.areSafe(table)
                ? Optional.of(List.of(new Php(open("table", table), List.of(line), adds)))
                : Optional.empty();
    }

    private static Optional<List<Php>> named(String word, Name table, String name) {
        return LaravelNames.isSafe(name)
                ? on(table, "$table->" + word + "(" + Php.text(name) + ");", false)
                : Optional.empty();
    }

    private static Optional<String> dropWord(Rule rule) {
        return switch (rule) {
            case Rule.Foreign _ -> Optional.of("dropForeign");
            case Rule.Unique _ -> Optional.of("dropUnique");
            case Rule.Check _, Rule.Primary _ -> Optional.empty();
        };
    }

    private static Optional<List<Php>> index(Ddl.CreateIndex index) {
        boolean said = !index.unique()
                && !index.concurrently()
                && index.include().isEmpty()
                && index.where().isEmpty()
                && index.method().matches("[a-z_]+")
                && LaravelNames.isSafe(index.name())
                && index.keys().stream().allMatch(IndexKey::isPlainColumn);
        List<String> columns =
                index.keys().stream().flatMap(key -> key.column().stream()).toList();
        if (!said || !columns.stream().allMatch(LaravelNames::isSafe)) {
            return Optional.empty();
        }
        String method = index.method().equals("btree") ? "" : ", " + Php.text(index.method());
        return on(
                index.table(),
                "$table->index(" + Php.names(columns) + ", " + Php.text(index.name()) + method + ");",
                false);
    }

    private static boolean areSafe(List<String> columns, String name) {
        return Stream.concat(columns.stream(), Stream.of(name)).allMatch(LaravelNames::isSafe);
    }

    /// @return empty when Laravel has no word for the constraint
    static Optional<String> rule(Name table, Rule rule) {
        return switch (rule) {
            case Rule.Primary primary
            when primary.name().equals(table.name() + "_pkey") && areSafe(primary.columns(), "key") ->
                Optional.of("$table->primary(" + Php.names(primary.columns()) + ");");
            case Rule.Unique unique
            when areSafe(unique.columns(), unique.name()) ->
                Optional.of("$table->unique(" + Php.names(unique.columns()) + ", " + Php.text(unique.name()) + ");");
            case Rule.Foreign foreign
            when !foreign.referenced().isEmpty()
                    && areSafe(foreign.columns(), foreign.name())
                    && areSafe(foreign.referenced(), "key")
                    && LaravelNames.areSafe(foreign.references()) -> Optional.of(foreign(foreign));
            case Rule.Primary _, Rule.Unique _, Rule.Foreign _, Rule.Check _ -> Optional.empty();
        };
    }

    private static String foreign(Rule.Foreign foreign) {
        return "$table->foreign(" + Php.names(foreign.columns()) + ", " + Php.text(foreign.name()) + ")->references("
                + Php.names(foreign.referenced()) + ")->on(" + LaravelNames.of(foreign.references()) + ")"
                + action("onDelete", foreign.onDelete())
                + action("onUpdate", foreign.onUpdate())
                + switch (foreign.deferrable()) {
                    case NO -> "";
                    case INITIALLY_IMMEDIATE -> "->deferrable()";
                    case INITIALLY_DEFERRED -> "->deferrable()->initiallyImmediate(false)";
                }
                + (foreign.notValid() ? "->notValid()" : "") + ";";
    }

    private static String action(String word, Optional<String> action) {
        return action.map(what -> "->" + word + "('" + what.toLowerCase(Locale.ROOT) + "')")
                .orElse("");
    }

    private static Optional<List<Php>> create(Ddl.CreateTable table) {
        Optional<String> key = table.primary()
                .filter(primary -> primary.name().equals(table.table().name() + "_pkey"))
                .filter(primary -> primary.columns().size() == 1)
                .map(primary -> primary.columns().getFirst());
        boolean ownReference = table.rules().stream()
                .anyMatch(rule -> rule instanceof Rule.Foreign foreign
                        && foreign.references().equals(table.table()));
        List<String> lines = new ArrayList<>();
        boolean counts = false;
        for (NewColumn column : table.columns()) {
            boolean isKey = key.filter(column.name()::equals).isPresent();
            Optional<String> counting = isKey ? LaravelColumns.counting(column) : Optional.empty();
            Optional<String> line = counting.or(() ->
                    column.type().isSerial() ? Optional.empty() : LaravelColumns.line(column, isKey && !ownReference));
            if (line.isEmpty() || !LaravelNames.isSafe(column.name())) {
                return Optional.empty();
            }
            counts |= counting.isPresent();
            lines.add(line.get());
        }
        boolean keyIsSaid = key.isPresent() && (counts || !ownReference);
        return withRules(table, lines, keyIsSaid);
    }

    private static Optional<List<Php>> withRules(Ddl.CreateTable table, List<String> lines, boolean keyIsSaid) {
        List<Php> after = new ArrayList<>();
        List<Rule> keysFirst = table.rules().stream()
                .sorted(Comparator.comparing(rule -> !(rule instanceof Rule.Primary)))
                .toList();
        for (Rule rule : keysFirst) {
            if (rule instanceof Rule.Primary && keyIsSaid) {
                continue;
            }
            Optional<String> line = rule(table.table(), rule);
            boolean notValid = rule instanceof Rule.Check check && check.notValid();
            if (notValid || (rule instanceof Rule.Foreign foreign && foreign.notValid())) {
                return Optional.empty();
            }
            line.ifPresentOrElse(
                    lines::add,
                    () -> after.add(new Php("", PhpNowdoc.statement(RuleSql.add(table.table(), rule)), false)));
        }
        if (!LaravelNames.areSafe(table.table())) {
            return Optional.empty();
        }
        List<Php> all = new ArrayList<>(List.of(new Php(open("create", table.table()), lines, true)));
        all.addAll(after);
        return Optional.of(all);
    }
}
