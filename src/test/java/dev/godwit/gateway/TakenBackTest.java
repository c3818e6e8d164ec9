package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.gateway.Recorder.Recorded;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A statement that its client cancels while the gateway holds it, and one that the server does not even parse.
class TakenBackTest {
    /// Holds every CREATE until it is interrupted: idle, or with a query of its own on the client's backend.
    private static final class Holding implements StatementHandler {
        final CountDownLatch held = new CountDownLatch(1);
        final Recorder recorder = new Recorder();
        private final boolean asking;

        Holding(boolean asking) {
            this.asking = asking;
        }

        @Override
        public Verdict before(HeldSession session, SentStatement statement) {
            if (statement.sql().startsWith("CREATE")) {
                held.countDown();
                hold(session);
            }
            return Verdict.FORWARD;
        }

        private void hold(HeldSession session) {
            if (asking) {
                session.execute("SELECT pg_sleep(60)");
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Retry after(HeldSession session, SentStatement statement, Completion completion) {
            return recorder.after(session, statement, completion);
        }
    }

    @ParameterizedTest
    @CsvSource({"simple,false", "extended,false", "simple,true", "extended,true"})
    void aStatementThatIsHeldIsCancelledAndTheServerNeverSeesIt(String mode, boolean asking) throws Exception {
        Holding holding = new Holding(asking);
        Through through = Through.fresh(holding);
        try (through;
                Connection connection = through.connect("preferQueryMode=" + mode);
                Statement statement = connection.createStatement();
                var direct = through.direct()) {
            CompletableFuture<Void> held = CompletableFuture.runAsync(() -> execute(statement, "CREATE TABLE t()"));
            holding.held.await();
            if (asking) {
                Through.until(
                        "Godwit asks",
                        () -> direct.query(
                                        "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                                                + " AND datname = current_database()",
                                        row -> row.number("n"))
                                .contains(1L));
            }
            statement.cancel();
            assertThatThrownBy(held::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .hasRootCauseInstanceOf(SQLException.class)
                    .rootCause()
                    .hasFieldOrPropertyWithValue("SQLState", "57014");
            assertThat(direct.query("SELECT to_regclass('t') IS NULL AS gone", row -> row.flag("gone")))
                    .containsExactly(true);
            statement.execute("SELECT 1");
            assertThat(failures(holding.recorder)).containsExactly("CREATE TABLE t() 57014");
            assertThat(through.gateway().failure()).isEmpty();
        }
        through.assertNothingLeft();
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A driver that describes before it executes sends the Parse in a batch of its own.
    @Test
    void aStatementThatCannotBeParsedIsHeardThoughNothingWasExecuted() throws SQLException {
        Recorder recorder = new Recorder();
        Through through = Through.fresh(recorder);
        try (through;
                Connection connection = through.connect();
                PreparedStatement broken = connection.prepareStatement("SELEC 1");
                PreparedStatement unknown = connection.prepareStatement("SELECT * FROM nowhere WHERE id = ?");
                Statement well = connection.createStatement()) {
            assertThatThrownBy(broken::getMetaData).isInstanceOf(SQLException.class);
            assertThatThrownBy(unknown::getParameterMetaData).isInstanceOf(SQLException.class);
            assertThatThrownBy(broken::execute).isInstanceOf(SQLException.class);
            well.execute("SELECT 2");
            assertThat(through.sockets()).hasSize(2);
        }
        assertThat(failures(recorder))
                .containsExactly("SELEC 1 42601", "SELECT * FROM nowhere WHERE id = $1 42P01", "SELEC 1 42601");
        assertThat(recorder.recorded())
                .extracting(one -> one.statement().sequence())
                .doesNotHaveDuplicates();
        through.assertNothingLeft();
    }

    private static List<String> failures(Recorder recorder) {
        return recorder.recorded().stream()
                .filter(one -> one.completion().failed())
                .map(TakenBackTest::failure)
                .toList();
    }

    private static String failure(Recorded one) {
        return one.statement().sql() + " "
                + one.completion().error().orElseThrow().sqlState();
    }
}
