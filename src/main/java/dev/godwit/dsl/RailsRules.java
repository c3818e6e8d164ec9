package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Constraints in Rails' words. Rails 6.1 has none for UNIQUE, for a key of several columns and for DEFERRABLE.
final class RailsRules {
    private static final Map<String, String> ACTIONS =
            Map.of("CASCADE", ":cascade", "SET NULL", ":nullify", "RESTRICT", ":restrict");

    private RailsRules() {}

    static boolean canSay(Rule.Foreign foreign) {
        return foreign.columns().size() == 1
                && foreign.referenced().size() == 1
                && foreign.deferrable() == Rule.Deferrable.NO
                && RailsNames.areSafe(foreign.references())
                && canSay(foreign.onDelete())
                && canSay(foreign.onUpdate());
    }

    /// Rails 6.1 does not quote the name of a check.
    static boolean canSay(Rule.Check check) {
        return check.name().matches("(?!current_|session_|system_)[a-z][a-z0-9]*_[a-z0-9_]*");
    }

    private static boolean canSay(Optional<String> action) {
        return action.map(word -> word.equals("NO ACTION") || ACTIONS.containsKey(word))
                .orElse(true);
    }

    static List<String> options(Rule.Foreign foreign) {
        List<String> options = new ArrayList<>();
        options.add("column: " + Ruby.name(foreign.columns().getFirst()));
        if (!foreign.referenced().getFirst().equals("id")) {
            options.add("primary_key: " + Ruby.name(foreign.referenced().getFirst()));
        }
        options.add("name: " + Ruby.text(foreign.name()));
        foreign.onDelete().map(ACTIONS::get).ifPresent(action -> options.add("on_delete: " + action));
        foreign.onUpdate().map(ACTIONS::get).ifPresent(action -> options.add("on_update: " + action));
        if (foreign.notValid()) {
            options.add("validate: false");
        }
        return options;
    }

    static Optional<Ruby> add(Name table, Rule rule) {
        return switch (rule) {
            case Rule.Foreign foreign
            when canSay(foreign) ->
                Optional.of(Ruby.call("add_foreign_key", RailsNames.of(table), RailsNames.of(foreign.references()))
                        .with(options(foreign)));
            case Rule.Check check when canSay(check) -> Optional.of(check(table, check));
            case Rule.Check _, Rule.Foreign _, Rule.Unique _, Rule.Primary _ -> Optional.empty();
        };
    }

    private static Ruby check(Name table, Rule.Check check) {
        Ruby call = Ruby.call("add_check_constraint", RailsNames.of(table), Ruby.text(check.condition()))
                .with("name", Ruby.text(check.name()));
        return check.notValid() ? call.with("validate", "false") : call;
    }

    /// @param known the constraint as it was added
    static Optional<Ruby> drop(Name table, Rule known) {
        return switch (known) {
            case Rule.Foreign _ ->
                Optional.of(
                        Ruby.call("remove_foreign_key", RailsNames.of(table)).with("name", Ruby.text(known.name())));
            case Rule.Check _ ->
                Optional.of(Ruby.call("remove_check_constraint", RailsNames.of(table))
                        .with("name", Ruby.text(known.name())));
            case Rule.Unique _, Rule.Primary _ -> Optional.empty();
        };
    }
}
