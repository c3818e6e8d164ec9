package dev.godwit.throttle.signal;

import com.google.auto.service.AutoService;
import dev.godwit.db.Session;
import dev.godwit.throttle.LimitText;
import dev.godwit.throttle.LongWork;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.ThrottleSignal;
import java.util.Locale;
import java.util.Optional;

/// Which share of the table, or of a partition, is dead rows, as the server counts them. They stay while an old
/// transaction may still see them, so this waits for that transaction and for the VACUUM after it. Off by default: a
/// table whose autovacuum is off, and that is too small for Godwit's own VACUUM, would never be left again.
@AutoService(ThrottleSignal.class)
public final class DeadRows implements ThrottleSignal {
    private static final String SHARES = Family.OF_TABLE + """
            SELECT s.relid::regclass::text AS relation,
              (s.n_dead_tup::float8 / greatest(1, s.n_dead_tup + s.n_live_tup))::text AS share
            FROM family f JOIN pg_catalog.pg_stat_all_tables s ON s.relid = f.oid ORDER BY s.n_dead_tup::float8 / greatest(1, s.n_dead_tup + s.n_live_tup) DESC LIMIT 1""";

    @Override
    public String id() {
        return "dead_rows";
    }

    @Override
    public String example() {
        return "40 %";
    }

    @Override
    public Optional<String> standard() {
        return Optional.empty();
    }

    @Override
    public Limited limited(String limit) {
        double most = LimitText.share(limit);
        return work -> session -> look(session, work, most);
    }

    private static Optional<Reading> look(Session session, LongWork work, double most) {
        return session.queryOne(
                        SHARES,
                        row -> new Share(row.text("relation"), Double.parseDouble(row.text("share"))),
                        work.table().schema(),
                        work.table().name())
                .filter(share -> share.dead() > most)
                .map(share -> Reading.over("dead rows of " + share.relation(), percent(share.dead()), percent(most)));
    }

    private record Share(String relation, double dead) {}

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
