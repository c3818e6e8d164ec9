package dev.godwit.cli.config;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/// One setting. Its names in the file, in the environment and on the command line derive from one another.
///
/// @param name in `godwit.toml`; a dot stands between a table and what is in it
/// @param standard the value when nothing is said; empty when there is none
/// @param without what happens when there is none, for people; empty when there is always a value
/// @param meaning one sentence without a full stop
public record Key<T>(String name, ValueType<T> type, Optional<String> standard, String without, String meaning) {
    public Key {
        requireNonNull(name);
        requireNonNull(type);
        requireNonNull(standard);
        requireNonNull(without);
        requireNonNull(meaning);
        standard.ifPresent(type::parse);
    }

    static <T> Key<T> of(String name, ValueType<T> type, String standard, String meaning) {
        return new Key<>(name, type, Optional.of(standard), "", meaning);
    }

    static <T> Key<T> optional(String name, ValueType<T> type, String without, String meaning) {
        return new Key<>(name, type, Optional.empty(), without, meaning);
    }

    /// @return the environment variable: `GODWIT_FAIL_ON`
    public String variable() {
        return "GODWIT_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /// @return the flag: `--fail-on`
    public String flag() {
        return "--" + name.replace('_', '-').replace('.', '-');
    }

    /// @return the value as TOML writes it
    String toml(String value) {
        return type.number() ? value : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public String toString() {
        return name;
    }
}
