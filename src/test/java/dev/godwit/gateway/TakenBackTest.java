package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.Session;
import dev.godwit.gateway.Recorder.Recorded;
import dev.godwit.gateway.wire.MessageWriter;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.provider.ValueSource;

/// A statement that its client cancels while the gateway holds it or is about to try it again, and one that the server
/// fails at before it is executed.
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
                Through.until("Godwit asks", () -> sleepers(direct) == 1);
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

    /// Tries again what failed because a table is not there, when it is interrupted or at once.
    private static final class Trying implements StatementHandler {
        final CountDownLatch failed = new CountDownLatch(1);
        final Recorder recorder = new Recorder();
        private final Runnable between;

        Trying(Runnable between) {
            this.between = between;
        }

        @Override
        public Verdict before(HeldSession session, SentStatement statement) {
            return Verdict.FORWARD;
        }

        @Override
        public Retry after(HeldSession session, SentStatement statement, Completion completion) {
            recorder.after(session, statement, completion);
            if (completion.error().filter(e -> e.sqlState().equals("42P01")).isEmpty()) {
                return Retry.DONE;
            }
            failed.countDown();
            between.run();
            return Retry.RETRY;
        }
    }

    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void endsCancelled(CompletableFuture<Void> one) {
        assertThatThrownBy(one::join).rootCause().hasFieldOrPropertyWithValue("SQLState", "57014");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aStatementThatIsAboutToBeTriedAgainIsCancelled(String mode) throws Exception {
        Trying trying = new Trying(TakenBackTest::untilInterrupted);
        Through through = Through.fresh(trying);
        try (through;
                Connection connection = through.connect("preferQueryMode=" + mode);
                Statement statement = connection.createStatement()) {
            CompletableFuture<Void> held = CompletableFuture.runAsync(() -> execute(statement, "DROP TABLE late"));
            trying.failed.await();
            statement.cancel();
            endsCancelled(held);
            statement.execute("SELECT 1");
            assertThat(failures(trying.recorder)).containsExactly("DROP TABLE late 42P01", "DROP TABLE late 57014");
            assertThat(through.gateway().failure()).isEmpty();
        }
        through.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void aStatementIsCancelledInItsSecondTry(String mode) throws Exception {
        String url = TestClusters.freshDatabase(18);
        Trying trying = new Trying(() -> TestClusters.execute(url, "CREATE TABLE late AS SELECT 60 AS seconds"));
        Through through = Through.of(url, trying);
        String sql = "SELECT pg_sleep(seconds) FROM late";
        try (through;
                Connection connection = through.connect("preferQueryMode=" + mode);
                Statement statement = connection.createStatement();
                var direct = through.direct()) {
            CompletableFuture<Void> sleeping = CompletableFuture.runAsync(() -> execute(statement, sql));
            Through.until("it sleeps", () -> sleepers(direct) == 1);
            statement.cancel();
            endsCancelled(sleeping);
            statement.execute("SELECT 1");
            assertThat(failures(trying.recorder)).containsExactly(sql + " 42P01", sql + " 57014");
        }
        through.assertNothingLeft();
    }

    private static long sleepers(Session direct) {
        return direct.query(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                                + " AND datname = current_database()",
                        row -> row.number("n"))
                .getFirst();
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

    /// As asyncpg binds a cursor and libpq describes a statement: each in a batch of its own, which executes nothing.
    @Test
    void aStatementThatCannotBeBoundOrDescribedIsHeardThoughNothingWasExecuted() throws IOException {
        Recorder recorder = new Recorder();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Request.of(18))) {
            ProtocolVersionTest.trust(postgres);
            Through through = Through.of(postgres.url("postgres"), recorder);
            try (through;
                    Socket socket = new Socket(
                            InetAddress.getLoopbackAddress(), through.gateway().port())) {
                ProtocolVersionTest.Heard heard = new ProtocolVersionTest.Heard(socket);
                socket.getOutputStream().write(ProtocolVersionTest.startup(0));
                heard.next("Z");
                for (MessageWriter batch : List.of(
                        query("BEGIN"),
                        parse("number", "SELECT $1::int").sync(),
                        bind("number", "1").begin('D').int8('P').text("").end().sync(),
                        bind("number", "x").sync(),
                        query("ROLLBACK"),
                        query("CREATE TABLE t(id int)"),
                        parse("table", "SELECT * FROM t")
                                .describeStatement("table")
                                .sync(),
                        query("DROP TABLE t"),
                        new MessageWriter().describeStatement("table").sync(),
                        query("SELECT 1"))) {
                    socket.getOutputStream().write(batch.toBytes());
                    heard.next("Z");
                }
            }
            through.assertNothingLeft();
        }
        assertThat(failures(recorder)).containsExactly("SELECT $1::int 22P02", "SELECT * FROM t 42P01");
        assertThat(recorder.recorded()).hasSize(7);
    }

    private static MessageWriter query(String sql) {
        return new MessageWriter().begin('Q').text(sql).end();
    }

    private static MessageWriter parse(String name, String sql) {
        return new MessageWriter().begin('P').text(name).text(sql).int16(0).end();
    }

    private static MessageWriter bind(String name, String value) {
        return new MessageWriter()
                .begin('B')
                .text("")
                .text(name)
                .int16(0)
                .int16(1)
                .int32(value.length())
                .bytes(value.getBytes(StandardCharsets.UTF_8))
                .int16(0)
                .end();
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
