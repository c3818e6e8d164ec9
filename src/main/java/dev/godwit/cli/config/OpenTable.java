package dev.godwit.cli.config;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/// A table of the configuration whose keys the plug-ins name.
///
/// @param name of the table, `rules`
/// @param flag that sets one key, `--rule`
/// @param meaning of one entry, for `godwit config`
/// @param line what stands below the table's head, for a remedy
/// @param type of the values
public record OpenTable(String name, String flag, String meaning, String line, ValueType<String> type) {
    public OpenTable {
        requireNonNull(name);
        requireNonNull(flag);
        requireNonNull(meaning);
        requireNonNull(line);
        requireNonNull(type);
    }

    /// @return the path of one of its keys, `rules.ID`
    public String path(String key) {
        return name + "." + key;
    }

    boolean holds(String path) {
        return path.startsWith(name + ".");
    }

    String key(String path) {
        return path.substring(name.length() + 1);
    }

    /// @return `GODWIT_RULES`, which holds `KEY=VALUE,OTHER=VALUE`
    String variable() {
        return "GODWIT_" + name.toUpperCase(Locale.ROOT);
    }
}
