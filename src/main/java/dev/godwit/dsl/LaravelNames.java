package dev.godwit.dsl;

/// Names as Laravel takes them: it reads points, arrows and ` as ` in them, and PDO question marks and colons.
final class LaravelNames {
    private LaravelNames() {}

    static boolean isSafe(String name) {
        return name.matches("[^.*?:>]+") && !name.matches("(?is).*\\sas\\s.*");
    }

    static boolean areSafe(Name table) {
        return isSafe(table.name()) && table.schema().map(LaravelNames::isSafe).orElse(true);
    }

    static String of(Name table) {
        return Php.text(table.schema().map(schema -> schema + ".").orElse("") + table.name());
    }
}
