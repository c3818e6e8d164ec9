package dev.godwit.db;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Session settings under which the server writes the same thing with the same letters: names qualified by an empty
/// `search_path`, constants in UTC and ISO.
final class CanonicalSettings {
    private record Setting(String name, String value) {}

    private static final List<Setting> SETTINGS = List.of(
            new Setting("search_path", ""),
            new Setting("quote_all_identifiers", "off"),
            new Setting("DateStyle", "ISO, MDY"),
            new Setting("IntervalStyle", "postgres"),
            new Setting("TimeZone", "UTC"),
            new Setting("bytea_output", "hex"),
            new Setting("extra_float_digits", "1"));

    private static final String NOW = SETTINGS.stream()
            .map(setting -> "current_setting('" + setting.name() + "')")
            .collect(Collectors.joining(", ", "SELECT ARRAY[", "] AS settings"));

    private static final String SET = SETTINGS.stream()
            .map(setting -> "set_config('" + setting.name() + "', ?, true)")
            .collect(Collectors.joining(", ", "SELECT ", ""));

    private CanonicalSettings() {}

    /// Runs the body under these settings: in a transaction of its own, read-only and on one snapshot, or in the
    /// caller's, so that it sees what the caller has changed; the caller's settings are then put back.
    static <T> T during(Session session, Supplier<T> body) {
        return session.inTransaction() ? within(session, body) : alone(session, body);
    }

    private static <T> T alone(Session session, Supplier<T> body) {
        return session.inTransaction(() -> {
            session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            set(session, SETTINGS.stream().map(Setting::value).toList());
            return body.get();
        });
    }

    private static <T> T within(Session session, Supplier<T> body) {
        List<String> before =
                session.queryOne(NOW, row -> row.texts("settings")).orElseThrow();
        set(session, SETTINGS.stream().map(Setting::value).toList());
        T result = body.get();
        set(session, before);
        return result;
    }

    private static void set(Session session, List<String> values) {
        session.query(SET, row -> true, values.toArray());
    }
}
