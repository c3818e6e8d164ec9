package dev.godwit.cli.config;

import java.util.Map;

/// The `godwit.toml` that `godwit init` writes: what is known as settings, the rest as comments that say what there is.
public final class InitFile {
    private InitFile() {}

    /// @param known what was found out or given; a password among it is not written
    public static String text(Map<Key<?>, String> known) {
        StringBuilder text = new StringBuilder("""
                # Godwit's settings for this project. Commit this file: no password belongs in it.
                # A flag or an environment variable of the same name overrides a line: --fail-on, GODWIT_FAIL_ON.
                """);
        for (Key<?> key : Keys.ALL) {
            String value = known.get(key);
            text.append("\n# ").append(sentence(key)).append(".\n");
            text.append(value == null ? commented(key) : line(key, value));
        }
        return text.append("""

                # Rules by ID: off, info, warning or error.
                # [rules]
                # RULE-ID = "warning"
                """).toString();
    }

    private static String sentence(Key<?> key) {
        String meaning = key.meaning();
        return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ": "
                + key.type().expected();
    }

    private static String commented(Key<?> key) {
        return key.standard()
                .map(value -> "# " + key.name() + " = " + key.toml(value) + "\n")
                .orElse("# " + key.name() + " =      (when unset: " + key.without() + ")\n");
    }

    private static String line(Key<?> key, String value) {
        boolean secret = key.type() instanceof ValueType.Url && Secrets.holds(value);
        String note = secret
                ? "# The password was left out: put it into ~/.pgpass or PGPASSWORD, or write env:NAME here.\n"
                : "";
        return note + key.name() + " = " + key.toml(secret ? Secrets.without(value) : value) + "\n";
    }
}
