package dev.godwit.throttle;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Row;
import dev.godwit.db.Session;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How long ago a standby's present state was the primary's.
///
/// Measured, not read: the positions of the log that were seen here are kept with their time, and the oldest that a
/// standby has not replayed tells its lag. The column `replay_lag` stays small while a replay is paused, and is empty
/// on
/// a quiet server. A standby that is hidden from this login, that does not stream, or that is asked for by name and not
/// connected cannot be measured, and that holds the work up as well.
///
/// Source: PostgreSQL manual, section 27.2.4, `pg_stat_replication`.
public final class ReplicaLag implements Signal {
    private static final int MOST_KEPT = 10_000;

    /// Asked first: a service without standbys of this kind lacks the functions that tell a position.
    private static final String ANYBODY = "SELECT true AS one FROM pg_catalog.pg_stat_replication LIMIT 1";

    private static final String WRITTEN = "SELECT (pg_catalog.pg_current_wal_flush_lsn() - '0/0')::bigint AS written";

    private static final String STANDBYS = """
            SELECT pid, coalesce(application_name, '') AS name, coalesce(state, '') AS state,
              coalesce(coalesce(replay_lsn, flush_lsn) - '0/0', -1)::bigint AS replayed
            FROM pg_catalog.pg_stat_replication WHERE state IS DISTINCT FROM 'backup' ORDER BY name, pid""";

    private final List<String> names;
    private final Duration limit;
    private final Deque<Seen> written = new ArrayDeque<>();

    private record Seen(long nanos, long position) {}

    private record Standby(long pid, String name, String state, long replayed) {
        static Standby of(Row row) {
            return new Standby(row.number("pid"), row.text("name"), row.text("state"), row.number("replayed"));
        }
    }

    /// @param names as `application_name` shows them; none: every standby that is connected
    public ReplicaLag(List<String> names, Duration limit) {
        this.names = List.copyOf(names);
        this.limit = requireNonNull(limit);
    }

    @Override
    public Optional<Reading> look(Session session) {
        List<Standby> standbys = standbys(session);
        Optional<Reading> absent = names.stream()
                .filter(name -> standbys.stream().noneMatch(one -> one.name().equals(name)))
                .map(name -> unknown(name, "it is not connected"))
                .findFirst();
        if (absent.isPresent() || standbys.isEmpty()) {
            return absent;
        }
        // after the standbys' positions, so that none is ahead of what was seen here
        keep(session.queryOne(WRITTEN, row -> row.number("written")).orElseThrow());
        return standbys.stream().flatMap(one -> over(one).stream()).findFirst();
    }

    private List<Standby> standbys(Session session) {
        if (session.query(ANYBODY, row -> row.flag("one")).isEmpty()) {
            return List.of();
        }
        return session.query(STANDBYS, Standby::of).stream()
                .filter(one -> names.isEmpty() || names.contains(one.name()))
                .toList();
    }

    private void keep(long position) {
        long now = System.nanoTime();
        if (written.isEmpty() || written.getLast().position() < position) {
            written.addLast(new Seen(now, position));
        }
        while (written.size() > MOST_KEPT) {
            written.removeFirst();
        }
    }

    private Optional<Reading> over(Standby standby) {
        if (!standby.state().equals("streaming")) {
            String why = standby.state().isEmpty() ? "hidden from this login" : "in state " + standby.state();
            return Optional.of(unknown(standby.name(), "it is " + why));
        }
        Duration lag = lag(standby.replayed());
        return lag.compareTo(limit) > 0
                ? Optional.of(Reading.over(signal(standby.name()), seconds(lag), seconds(limit)))
                : Optional.empty();
    }

    private Duration lag(long replayed) {
        return written.stream()
                .filter(seen -> seen.position() > replayed)
                .findFirst()
                .map(seen -> Duration.ofNanos(System.nanoTime() - seen.nanos()))
                .orElse(Duration.ZERO);
    }

    private Reading unknown(String name, String why) {
        return Reading.unknown(signal(name), why, seconds(limit));
    }

    private static String signal(String name) {
        return "lag of standby " + name;
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
