package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Filenodes;
import dev.godwit.db.LocksHeld;
import dev.godwit.db.Session;
import dev.godwit.db.WalPosition;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerTest {
    private static final QualifiedName T = new QualifiedName("public", "t");

    /// Looks before and after each statement, as a rehearsal does.
    private static final class Looking implements StatementHandler {
        final Map<String, LocksHeld> locks = new ConcurrentHashMap<>();
        final Map<String, Set<QualifiedName>> rewrites = new ConcurrentHashMap<>();
        private final Map<Long, Filenodes> before = new ConcurrentHashMap<>();

        @Override
        public Verdict before(HeldSession session, SentStatement statement) {
            if (session.canQuery()) {
                before.put(statement.connection(), Filenodes.of(session));
            }
            return Verdict.FORWARD;
        }

        @Override
        public Retry after(HeldSession session, SentStatement statement, Completion completion) {
            if (session.canQuery()) {
                assertThat(WalPosition.of(session).bytes()).isPositive();
                locks.put(statement.sql(), LocksHeld.of(session));
                Filenodes old = before.get(statement.connection());
                if (old != null) {
                    rewrites.put(statement.sql(), Filenodes.of(session).rewrittenSince(old));
                }
            }
            return Retry.DONE;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHandlerReadsLocksAndRewritesInsideTheClientsTransaction(boolean simple) throws SQLException {
        Looking looking = new Looking();
        Through through = Through.fresh(looking);
        String mode = simple ? "simple" : "extended";
        try (through;
                Connection connection = through.connect("preferQueryMode=" + mode);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(id int)");
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE t ALTER id TYPE bigint");
            connection.commit();
        }
        String alter = "ALTER TABLE t ALTER id TYPE bigint";
        assertThat(looking.locks)
                .hasEntrySatisfying(
                        alter,
                        held -> assertThat(held.modes().getOrDefault(T, Set.of()))
                                .contains(LockMode.ACCESS_EXCLUSIVE));
        assertThat(looking.rewrites).containsEntry(alter, Set.of(T));
        assertThat(looking.locks)
                .hasEntrySatisfying("COMMIT", held -> assertThat(held.modes()).isEmpty());
        through.assertNothingLeft();
    }

    @Test
    void commitIsSeenAlsoWhenItComesAsANamedStatementWithoutText() throws SQLException {
        Recorder recorder = new Recorder();
        try (Through through = Through.fresh(recorder);
                Connection connection = through.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 12; i++) {
                try (PreparedStatement select = connection.prepareStatement("SELECT " + i)) {
                    select.execute();
                }
                connection.commit();
            }
        }
        assertThat(recorder.recorded().stream()
                        .filter(one -> one.statement().sql().equals("COMMIT")))
                .hasSize(12)
                .allSatisfy(one -> assertThat(one.completion().after()).isEqualTo(TransactionStatus.IDLE));
    }

    /// Refuses what says so, and tries what fails up to three times.
    private static final class Guard implements StatementHandler {
        final AtomicInteger tries = new AtomicInteger();
        final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        private final List<Runnable> betweenTries = new ArrayList<>();

        @Override
        public Verdict before(HeldSession session, SentStatement statement) {
            seen.add(statement.sql());
            return statement.sql().contains("refused")
                    ? Verdict.refuse("GW001", "godwit refuses this")
                    : Verdict.FORWARD;
        }

        @Override
        public Retry after(HeldSession session, SentStatement statement, Completion completion) {
            if (completion.error().filter(e -> e.sqlState().equals("42P01")).isEmpty()) {
                return Retry.DONE;
            }
            assertThat(session.canQuery()).isEqualTo(!session.inTransaction());
            betweenTries.forEach(Runnable::run);
            return tries.incrementAndGet() < 3 ? Retry.RETRY : Retry.DONE;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusedStatementNeverReachesTheServer(boolean extended) throws SQLException {
        Through through = Through.fresh(new Guard());
        String mode = "preferQueryMode=" + (extended ? "extended" : "simple");
        try (through;
                Connection connection = through.connect(mode);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(id int)");
            String sql = "INSERT INTO t VALUES (1) /* refused */";
            assertThatThrownBy(() -> run(connection, sql, extended))
                    .satisfies(thrown ->
                            assertThat(((SQLException) thrown).getSQLState()).isEqualTo("GW001"));
            assertThat(count(through)).isZero();
            connection.setAutoCommit(false);
            run(connection, "INSERT INTO t VALUES (2)", extended);
            assertThatThrownBy(() -> run(connection, sql, extended)).hasMessageContaining("godwit refuses this");
            assertThatThrownBy(() -> run(connection, "SELECT 1", extended))
                    .as("the transaction has failed")
                    .hasMessageContaining("aborted");
            connection.rollback();
            assertThat(count(through)).isZero();
        }
        through.assertNothingLeft();
    }

    private static void run(Connection connection, String sql, boolean extended) throws SQLException {
        if (extended) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
            }
        } else {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql + "; SELECT 1");
            }
        }
    }

    private static long count(Through through) {
        try (Session direct = through.direct()) {
            return direct.query("SELECT count(*) AS n FROM t", row -> row.number("n"))
                    .getFirst();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFailedAutocommitStatementIsTriedAgainUnseen(boolean extended) throws SQLException {
        Guard guard = new Guard();
        Through through = Through.fresh(guard);
        guard.betweenTries.add(() -> {
            if (guard.tries.get() == 1) {
                try (Session direct = through.direct()) {
                    direct.execute("CREATE TABLE late(id int)");
                }
            }
        });
        try (through) {
            if (extended) {
                try (Connection connection = through.connect()) {
                    run(connection, "INSERT INTO late VALUES (1)", true);
                    run(connection, "INSERT INTO late VALUES (2)", true);
                }
            } else {
                try (Session session = through.session()) {
                    session.execute("INSERT INTO late VALUES (1)");
                }
            }
            assertThat(guard.tries).hasValue(2);
        }
        through.assertNothingLeft();
    }

    @Test
    void aFailureThatStaysReachesTheClientOnce() {
        Guard guard = new Guard();
        try (Through through = Through.fresh(guard);
                Session session = through.session()) {
            assertThatThrownBy(() -> session.execute("INSERT INTO late VALUES (1)"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("does not exist");
            assertThat(guard.tries).hasValue(3);
            assertThat(session.query("SELECT 1 AS one", row -> row.number("one")))
                    .containsExactly(1L);
        }
    }

    @Test
    void insideATransactionNothingIsTriedAgain() {
        Guard guard = new Guard();
        try (Through through = Through.fresh(guard);
                Session session = through.session()) {
            session.begin();
            assertThatThrownBy(() -> session.execute("INSERT INTO late VALUES (1)"))
                    .isInstanceOf(DatabaseException.class);
            assertThat(guard.tries).hasValue(1);
            session.rollback();
        }
    }
}
