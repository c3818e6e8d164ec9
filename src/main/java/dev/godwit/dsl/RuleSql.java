package dev.godwit.dsl;

import dev.godwit.postgres.Identifiers;

/// A constraint as SQL under its full name, for frameworks that have no word for it.
final class RuleSql {
    private RuleSql() {}

    static String add(Name table, Rule rule) {
        return "ALTER TABLE " + name(table) + " ADD CONSTRAINT " + identifier(rule.name()) + " " + definition(rule);
    }

    /// What needs no quotes stands without them, as its author would write it.
    static String name(Name table) {
        return table.schema().map(schema -> identifier(schema) + ".").orElse("") + identifier(table.name());
    }

    private static String identifier(String name) {
        return name.matches("[a-z][a-z0-9]*_[a-z0-9_]*") ? name : Identifiers.quote(name);
    }

    private static String columns(java.util.List<String> columns) {
        return "(" + Identifiers.quoteAll(columns) + ")";
    }

    private static String definition(Rule rule) {
        return switch (rule) {
            case Rule.Primary primary -> "PRIMARY KEY " + columns(primary.columns());
            case Rule.Unique unique -> "UNIQUE " + columns(unique.columns());
            case Rule.Check check -> "CHECK (" + check.condition() + ")" + (check.notValid() ? " NOT VALID" : "");
            case Rule.Foreign foreign -> foreign(foreign);
        };
    }

    private static String foreign(Rule.Foreign foreign) {
        return "FOREIGN KEY " + columns(foreign.columns()) + " REFERENCES " + name(foreign.references())
                + (foreign.referenced().isEmpty() ? "" : " " + columns(foreign.referenced()))
                + foreign.onDelete().map(action -> " ON DELETE " + action).orElse("")
                + foreign.onUpdate().map(action -> " ON UPDATE " + action).orElse("")
                + switch (foreign.deferrable()) {
                    case NO -> "";
                    case INITIALLY_IMMEDIATE -> " DEFERRABLE";
                    case INITIALLY_DEFERRED -> " DEFERRABLE INITIALLY DEFERRED";
                }
                + (foreign.notValid() ? " NOT VALID" : "");
    }
}
