package dev.godwit.throttle.signal;

import com.google.auto.service.AutoService;
import dev.godwit.db.Session;
import dev.godwit.throttle.LimitText;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.ThrottleSignal;
import java.util.Optional;

/// How many sessions wait for a lock: on a relation of the database, on a row, on another's transaction. Those that
/// wait for an advisory lock are left out, since queues of work are built of them.
///
/// Source: PostgreSQL manual, section 53.13, `pg_locks`, which every login may read.
@AutoService(ThrottleSignal.class)
public final class LockWaits implements ThrottleSignal {
    private static final String WAITING = """
            SELECT count(DISTINCT l.pid) AS sessions FROM pg_catalog.pg_locks l
            WHERE NOT l.granted AND l.locktype <> 'advisory' AND (l.database IS NULL
              OR l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))""";

    @Override
    public String id() {
        return "lock_waits";
    }

    @Override
    public String example() {
        return "10";
    }

    @Override
    public Optional<String> standard() {
        return Optional.of("10");
    }

    @Override
    public Limited limited(String limit) {
        long most = LimitText.whole(limit);
        return _ -> session -> look(session, most);
    }

    private static Optional<Reading> look(Session session, long most) {
        long waiting = session.queryOne(WAITING, row -> row.number("sessions")).orElseThrow();
        return waiting > most
                ? Optional.of(
                        Reading.over("sessions that wait for a lock", Long.toString(waiting), Long.toString(most)))
                : Optional.empty();
    }
}
