package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import dev.godwit.source.Direction;
import dev.godwit.staging.StoppableServer;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/// A database with orders, a client that writes all the time, and somebody who looks.
final class CrashScene implements AutoCloseable {
    static final int ROWS = 20_000;

    static final String TEMPLATE = "crash_template";

    private static final String UP_DONE =
            " rows, 0 twice, 0 without, after the backfill, after the default," + " after the table, end, ";

    private final StoppableServer server;
    private final Relay relay;
    private final String name;
    private final String url;
    private final MirrorTraffic traffic;
    private Optional<Session> look = Optional.empty();

    CrashScene(StoppableServer server, Relay relay, String name, SplittableRandom random) {
        this.server = server;
        this.relay = relay;
        this.name = name;
        this.url = server.url(name);
        execute(server.url("postgres"), "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        this.traffic = MirrorTraffic.start(url, ROWS, random);
    }

    static void prepare(StoppableServer server) {
        execute(server.url("postgres"), "CREATE DATABASE " + TEMPLATE);
        execute(
                server.url(TEMPLATE),
                "CREATE TABLE marker (text text);"
                        + "CREATE TABLE orders (id bigint PRIMARY KEY, number bigint, total int, touched int DEFAULT 0,"
                        + " visits int DEFAULT 0) WITH (autovacuum_enabled = off);"
                        + "INSERT INTO orders SELECT n, n, n % 1000 FROM generate_series(1, " + ROWS + ") n;"
                        + "CREATE TABLE mirror AS SELECT id, number, total FROM orders;"
                        + "ALTER TABLE mirror ADD PRIMARY KEY (id)");
    }

    static void execute(String url, String sql) {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "scene")) {
            session.execute(sql);
        }
    }

    StoppableServer server() {
        return server;
    }

    Relay relay() {
        return relay;
    }

    String url() {
        return url;
    }

    /// Over the network that can be cut.
    String relayedUrl() {
        return through(relay, url);
    }

    static String through(Relay relay, String url) {
        return url.replace(":" + URI.create(url).getPort() + "/", ":" + relay.port() + "/");
    }

    int stepsDone(Direction direction) {
        return Math.toIntExact(number("""
                SELECT CASE WHEN to_regclass('godwit.event_by_migration') IS NULL THEN 0 ELSE
                  (xpath('/row/n/text()', query_to_xml($$
                    SELECT count(*) AS n FROM godwit.step JOIN godwit.run ON run.id = step.run
                    WHERE state = 'done' AND direction = '%s'$$, false, true, '')))[1]::text::bigint END""".formatted(direction.word())));
    }

    long number(String sql) {
        return Long.parseLong(text(sql));
    }

    String text(String sql) {
        try {
            if (look.isEmpty()) {
                look = Optional.of(Session.open(DatabaseUrl.parse(url, Map.of()), "look"));
            }
            return look.get()
                    .query("SELECT (q.x)::text AS t FROM (" + sql + ") AS q (x)", row -> row.text("t"))
                    .getFirst();
        } catch (DatabaseException e) {
            if (look.isEmpty() || !SqlState.connectionLost(e.sqlState())) {
                throw e;
            }
            look.get().close();
            look = Optional.empty();
            return text(sql);
        }
    }

    /// @param why said when it is not so
    void assertDone(Direction direction, String why) {
        assertDone(this::text, direction, why);
    }

    /// A server without synchronous commit that dies now would lose the end of the direction, and the other one would
    /// rightly be refused.
    void flush() {
        execute(url(), "SET synchronous_commit = on; SELECT pg_logical_emit_message(true, 'crash test', 'flush')");
    }

    /// What must be so once the migration is there, and what once it is taken back; the rows that were there at the
    /// beginning were changed once each, those of the traffic at most once.
    static void assertDone(UnaryOperator<String> ask, Direction direction, String why) {
        int touched = direction == Direction.UP ? 1 : 0;
        String without = direction == Direction.UP ? "region IS NULL" : "false";
        String state = ask.apply("""
                SELECT (SELECT count(*) FROM orders WHERE id <= %1$d AND touched = %2$d AND visits = 1) || ' rows, '
                  || (SELECT count(*) FROM orders WHERE id > %1$d AND (abs(touched) > 1 OR visits > 1)) || ' twice, '
                  || (SELECT count(*) FROM orders WHERE %3$s) || ' without, '
                  || (SELECT string_agg(text, ', ' ORDER BY text) FROM marker) || ', '
                  || (SELECT string_agg(indexrelid::regclass || ' ' || indisvalid, ', ' ORDER BY indexrelid::regclass::text)
                      FROM pg_index WHERE indrelid = 'orders'::regclass) || ', '
                  || (SELECT coalesce(string_agg(version, ' '), 'no version') FROM schema_migrations) || ', '
                  || (SELECT string_agg(direction || ' ' || outcome || ' ' || steps, ', ' ORDER BY id) FROM godwit.run)
                  || ', ' || (SELECT string_agg(direction || step_index, ' ' ORDER BY run, step_index)
                      FROM godwit.step JOIN godwit.run ON run.id = step.run WHERE state = 'done')
                  || ', ' || (SELECT string_agg(kind, ' ' ORDER BY id) FROM godwit.event)""".formatted(ROWS, touched, without));
        assertThat(state).as(why).isEqualTo(direction == Direction.UP ? up() : down());
    }

    private static String up() {
        return ROWS + UP_DONE + "orders_number true, orders_pkey true, orders_total true, 1, up finished 9,"
                + " up0 up1 up2 up3 up4 up5 up6 up7 up8, applied";
    }

    private static String down() {
        return ROWS + UP_DONE + "taken back, orders_pkey true, no version, up finished 9, down finished 5,"
                + " up0 up1 up2 up3 up4 up5 up6 up7 up8 down0 down1 down2 down3 down4, applied rolledBack";
    }

    /// Ends the traffic first.
    ///
    /// @return how many of its transactions were committed
    long assertMirrored(String why) {
        traffic.close();
        assertThat(number(MirrorTraffic.DIFFERENCES)).as(why).isZero();
        assertThat(traffic.commits()).as("the client could write").isPositive();
        return traffic.commits();
    }

    @Override
    public void close() {
        try {
            traffic.close();
        } finally {
            look.ifPresent(Session::close);
            execute(server.url("postgres"), "DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
