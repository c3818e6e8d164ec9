package dev.godwit.watch;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.watch.Reading.Events;
import dev.godwit.watch.Reading.Level;
import dev.godwit.watch.Reading.Share;
import dev.godwit.watch.WatchSource.Probe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `pg_stat_database` and `pg_locks` in one statement, over a session of its own that is opened again when it
/// breaks. Both views show every session to every login, unlike `pg_stat_activity`.
///
/// A CREATE INDEX CONCURRENTLY that waits for old transactions (a `virtualxid` lock) holds nobody up and is left out.
/// Before version 14 a wait is taken to have begun with its statement, and only `pg_read_all_stats` sees those of
/// other logins.
final class PostgresProbe implements Probe {
    private static final String APPLICATION_NAME = "godwit watch";
    private static final int SESSIONS_COUNTED_SINCE = 14;
    private static final int WAITS_TIMED_SINCE = 14;
    private static final double NOTICED_SECONDS = 1;
    private static final double LONG_SECONDS = 5;

    private final DatabaseUrl url;
    private @Nullable Session session;
    private final OwnTransactions own = new OwnTransactions();

    PostgresProbe(DatabaseUrl url) {
        this.url = url;
    }

    @Override
    public Reading read() {
        try {
            return connected().queryOne(sql(connected()), this::reading).orElseThrow();
        } catch (DatabaseException broken) {
            close();
            throw broken;
        }
    }

    private Session connected() {
        Session current = session;
        if (current == null) {
            current = Session.open(url, APPLICATION_NAME);
            session = current;
            current.execute("SET statement_timeout = '5s'");
        }
        return current;
    }

    private static String sql(Session session) {
        boolean sessions = session.serverVersion().atLeast(SESSIONS_COUNTED_SINCE);
        boolean timed = session.serverVersion().atLeast(WAITS_TIMED_SINCE);
        String begin = timed ? "waitstart" : "(SELECT query_start FROM pg_stat_activity a WHERE a.pid = l.pid)";
        return """
                SELECT pg_postmaster_start_time()::text || ' ' || coalesce(inet_server_addr()::text, '') AS server,
                    extract(epoch FROM coalesce(d.stats_reset, pg_postmaster_start_time())) AS since,
                    xact_commit + xact_rollback AS transactions, xact_rollback, deadlocks,
                    %s AS killed, %s AS lost, w.waiters, w.longest
                FROM pg_stat_database d, (
                    SELECT count(*) FILTER (WHERE waited > %s) AS waiters, coalesce(max(waited), 0) AS longest
                    FROM (SELECT extract(epoch FROM clock_timestamp() - %s) AS waited FROM pg_locks l
                        WHERE NOT granted AND locktype <> 'virtualxid'
                        AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())) l) w
                WHERE d.datname = current_database()
                """.formatted(
                sessions ? "sessions_killed" : "-1", sessions ? "sessions_fatal" : "-1", NOTICED_SECONDS, begin);
    }

    private Reading reading(Row row) {
        String server = row.text("server");
        Instant since = Instant.ofEpochMilli(Math.round(row.decimal("since") * 1e3));
        long transactions = own.subtractedFrom(row.number("transactions"), server + since);
        return new Reading(
                Instant.now(),
                server,
                since,
                List.of(new Share("rollbacks", row.number("xact_rollback"), transactions)),
                events(row),
                List.of(
                        new Level("sessions waiting over 1 s for a lock", row.number("waiters"), 0),
                        new Level("longest wait for a lock, seconds", row.decimal("longest"), LONG_SECONDS)));
    }

    private static List<Events> events(Row row) {
        List<Events> events = new ArrayList<>(List.of(new Events("deadlocks", row.number("deadlocks"))));
        if (row.number("killed") >= 0) {
            events.add(new Events("sessions killed", row.number("killed")));
            events.add(new Events("sessions ended by an error", row.number("lost")));
        }
        return events;
    }

    @Override
    public void close() {
        Session current = session;
        session = null;
        if (current != null) {
            current.close();
        }
    }
}
