package dev.godwit.demo;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The demo's production database.
final class Shop {
    private final DatabaseUrl url;
    private final long orders;

    Shop(DatabaseUrl url, long orders) {
        this.url = url;
        this.orders = orders;
    }

    void fill() {
        try (Session session = Session.open(url, "godwit demo")) {
            session.execute(resource("shop.sql").replace("%ROWS%", String.valueOf(orders)));
            session.execute("VACUUM ANALYZE");
        }
    }

    /// @param placed orders that users were told are placed
    /// @return how many of all orders are not there, counted with their lines
    long rowsLost(long placed) {
        try (Session session = Session.open(url, "godwit demo")) {
            long expected = orders + placed;
            return Math.max(0, expected - count(session, "orders"))
                    + Math.max(0, expected - count(session, "order_lines"));
        }
    }

    private static long count(Session session, String table) {
        return session.queryOne("SELECT count(*) AS n FROM " + table, row -> row.number("n"))
                .orElseThrow();
    }

    static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(Shop.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
