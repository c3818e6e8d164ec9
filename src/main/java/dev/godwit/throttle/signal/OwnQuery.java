package dev.godwit.throttle.signal;

import com.google.auto.service.AutoService;
import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.ThrottleSignal;
import java.util.Optional;

/// A query of the project's own that gives one number; over zero, the work rests. It runs in a read-only transaction of
/// a second at most. One that fails, or gives nothing, or more than one row, holds the work up as well.
@AutoService(ThrottleSignal.class)
public final class OwnQuery implements ThrottleSignal {
    private static final String SIGNAL = "your query";

    @Override
    public String id() {
        return "query";
    }

    @Override
    public String example() {
        return "SELECT count(*) - 1000 FROM jobs";
    }

    @Override
    public Optional<String> standard() {
        return Optional.empty();
    }

    @Override
    public Limited limited(String limit) {
        if (limit.isBlank()) {
            throw new IllegalArgumentException("it is no query");
        }
        // the line's end, because it may end in a comment
        String query = "SELECT ((" + limit.strip().replaceFirst(";\\s*$", "") + "\n))::float8::text AS observed";
        return _ -> session -> look(session, query);
    }

    private static Optional<Reading> look(Session session, String query) {
        try {
            return observed(session, query);
        } catch (DatabaseException e) {
            if (SqlState.connectionLost(e.sqlState())) {
                throw e;
            }
            return Optional.of(Reading.unknown(SIGNAL, "it fails with SQLSTATE " + e.sqlState(), "0"));
        }
    }

    private static Optional<Reading> observed(Session session, String query) {
        return session.inTransaction(() -> {
            session.execute(
                    "SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = 1000; SET LOCAL lock_timeout = 100");
            String observed = session.queryOne(query, row -> Optional.ofNullable(row.textOrNull("observed")))
                    .flatMap(value -> value)
                    .orElse("NULL");
            if (observed.equals("NULL") || observed.equals("NaN")) {
                return Optional.of(Reading.unknown(SIGNAL, "it gives " + observed, "0"));
            }
            return Double.parseDouble(observed) > 0
                    ? Optional.of(Reading.over(SIGNAL, observed, "0"))
                    : Optional.empty();
        });
    }
}
