package dev.godwit.db;

import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/// Sessions on empty databases of the shared clusters.
public final class TestSessions {
    private TestSessions() {}

    public static Session fresh(int major) {
        return Session.open(freshUrl(major), "godwit test");
    }

    public static DatabaseUrl freshUrl(int major) {
        return DatabaseUrl.parse(TestClusters.freshDatabase(major), Map.of());
    }

    /// @return a schema with every kind of object and with names that break whoever forgets to quote
    public static String richSchema() {
        try (InputStream in = TestSessions.class.getResourceAsStream("rich-schema.sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
