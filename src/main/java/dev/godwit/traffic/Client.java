package dev.godwit.traffic;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.SqlState;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One connection of the traffic. A request whose connection breaks has failed; the next request opens a new one and
/// waits for it, as behind a connection pool.
final class Client implements AutoCloseable {
    private static final String APPLICATION_NAME = "godwit traffic";

    private final DatabaseUrl url;
    private final Mix mix;
    private final SplittableRandom random;
    private volatile @Nullable Session session;

    Client(DatabaseUrl url, Mix mix, SplittableRandom random) {
        this.url = url;
        this.mix = mix;
        this.random = random;
        this.session = Session.open(url, APPLICATION_NAME);
    }

    /// Runs one request.
    ///
    /// @return the SQLSTATE it failed with; empty when it was answered
    Optional<String> serve() {
        try {
            mix.draw(random).run(connected(), random);
            return Optional.empty();
        } catch (DatabaseException failure) {
            recover(failure);
            return Optional.of(failure.sqlState());
        }
    }

    private Session connected() {
        Session current = session;
        if (current == null) {
            current = Session.open(url, APPLICATION_NAME);
            session = current;
        }
        return current;
    }

    private void recover(DatabaseException failure) {
        Session current = session;
        if (current == null) {
            return;
        }
        if (SqlState.connectionLost(failure.sqlState()) || !cleared(current)) {
            session = null;
            current.close();
        }
    }

    /// @return whether the session can serve the next request
    private static boolean cleared(Session current) {
        try {
            if (current.inTransaction()) {
                current.rollback();
            }
            return current.alive();
        } catch (DatabaseException broken) {
            return false;
        }
    }

    /// Ends the request that runs now, from another thread.
    void cancel() {
        Session current = session;
        if (current != null) {
            current.cancel();
        }
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
