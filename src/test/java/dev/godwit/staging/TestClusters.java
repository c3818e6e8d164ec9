package dev.godwit.staging;

import dev.godwit.staging.EmbeddedPostgres.Request;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Real servers for tests, for all tests: one cluster a major and test JVM, started when first asked for, gone with the
/// JVM. Tests share clusters but not databases:
///
/// ```java
/// String url = TestClusters.freshDatabase(18);            // postgresql://… of an empty database of one's own
/// Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test");
/// ```
///
/// A test that changes the cluster itself (roles, settings, stopping it) starts its own with [EmbeddedPostgres#start].
public final class TestClusters {
    private static final Map<Integer, EmbeddedPostgres> RUNNING = new ConcurrentHashMap<>();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.values().forEach(EmbeddedPostgres::close)));
    }

    private TestClusters() {}

    public static EmbeddedPostgres shared(int major) {
        return RUNNING.computeIfAbsent(major, missing -> EmbeddedPostgres.start(Request.of(missing)));
    }

    /// @return the URL of a new, empty database
    public static String freshDatabase(int major) {
        String name = "test_" + DATABASES.incrementAndGet();
        execute(shared(major).url("postgres"), "CREATE DATABASE " + name);
        return shared(major).url(name);
    }

    /// Runs SQL over pgjdbc, for tests that must not rely on Godwit's own sessions.
    public static void execute(String url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }

    public static Connection connect(String url) throws SQLException {
        URI uri = URI.create(url);
        String[] user = uri.getRawUserInfo().split(":", 2);
        String address = "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getRawPath();
        return DriverManager.getConnection(address, user[0], user[1]);
    }
}
