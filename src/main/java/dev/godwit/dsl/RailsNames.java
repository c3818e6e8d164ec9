package dev.godwit.dsl;

/// Names of relations as Rails takes them: it reads `schema.name` out of one string.
final class RailsNames {
    private RailsNames() {}

    /// A point or a double quote in a name would be taken for a border.
    static boolean areSafe(Name name) {
        return isSafe(name.name()) && name.schema().map(RailsNames::isSafe).orElse(true);
    }

    static boolean isSafe(String name) {
        return name.matches("[^\".]+");
    }

    static String of(Name name) {
        return name.schema()
                .map(schema -> Ruby.text(schema + "." + name.name()))
                .orElseGet(() -> Ruby.name(name.name()));
    }
}
