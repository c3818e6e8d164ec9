package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.gateway.Hop.Damage;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever breaks, both ends learn of it at once, and nothing is left.
class FaultTest {
    private static final long LARGE = 256L << 20;

    private static StatementHandler handler(boolean watched) {
        return watched ? new Recorder() : StatementHandler.NONE;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theServerIsKilledUnderAStatement(boolean watched) {
        StatementHandler handler = handler(watched);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Request.of(18));
                Through through = Through.of(postgres.url("postgres"), handler)) {
            Session session = through.session();
            Session idle = through.session();
            CompletableFuture<Void> sleeping = meanwhile(() -> session.execute("SELECT pg_sleep(60)"));
            try (Session direct = through.direct()) {
                Through.until("it sleeps", () -> sleepers(direct) == 1);
            }
            Instant killed = Instant.now();
            ProcessHandle.of(session.backendPid()).orElseThrow().destroyForcibly();
            assertThatThrownBy(sleeping::join).hasCauseInstanceOf(DatabaseException.class);
            assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(2));
            Through.until("the server has let go of the idle one too", () -> fails(() -> idle.execute("SELECT 1")));
            Through.until(
                    "no connection is left",
                    () -> through.gateway().connections().isEmpty());
            if (handler instanceof Recorder recorder) {
                assertThat(recorder.recorded()).anySatisfy(one -> {
                    assertThat(one.statement().sql()).isEqualTo("SELECT pg_sleep(60)");
                    assertThat(one.completion().failed()).isTrue();
                });
            }
            session.close();
            idle.close();
        }
        assertThat(Through.threads()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theClientIsKilledUnderAStatement(boolean watched) throws IOException {
        Through through = Through.fresh(handler(watched));
        try (through;
                Session direct = through.direct()) {
            Process psql = psql(through.url(), "BEGIN", "CREATE TABLE never(id int)", "SELECT pg_sleep(60)");
            Through.until("it sleeps", () -> sleepers(direct) == 1);
            psql.destroyForcibly();
            Instant killed = Instant.now();
            Through.until("its backend is gone", () -> Through.backends(direct) == 0);
            assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(2));
            assertThat(direct.query("SELECT to_regclass('never') IS NULL AS gone", row -> row.flag("gone")))
                    .containsExactly(true);
        }
        through.assertNothingLeft();
    }

    /// psycopg2 sends the statement and, without waiting for an answer, Terminate.
    @Test
    void whatAClientSentBeforeItSaidGoodbyeIsCarriedOut() throws IOException {
        Through through = Through.fresh(StatementHandler.NONE);
        try (through;
                Session direct = through.direct()) {
            String script = """
                    import psycopg2, select
                    def ready(c):
                        while c.poll() != 0: select.select([c], [c], [], 0.01)
                    c = psycopg2.connect('application_name=hasty', async_=1)
                    ready(c)
                    c.cursor().execute('CREATE TABLE t AS SELECT 1 AS id FROM pg_sleep(0.5)')
                    c.poll()
                    c.close()
                    """;
            assertThat(wait(start(through.url(), List.of("/usr/bin/python3", "-c", script))))
                    .isZero();
            Through.until(
                    "it is carried out",
                    () -> direct.query("SELECT to_regclass('t') IS NOT NULL AS there", row -> row.flag("there"))
                            .getFirst());
        }
        through.assertNothingLeft();
    }

    /// A statement that waits for a lock is held by the handler; its client does not wait for ever.
    @Test
    void theClientIsKilledWhileItsStatementIsHeld() throws IOException {
        CountDownLatch held = new CountDownLatch(1);
        StatementHandler holding = new StatementHandler() {
            @Override
            public Verdict before(HeldSession session, SentStatement statement) {
                held.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Verdict.FORWARD;
            }

            @Override
            public Retry after(HeldSession session, SentStatement statement, Completion completion) {
                return Retry.DONE;
            }
        };
        Through through = Through.fresh(holding);
        try (through;
                Session direct = through.direct()) {
            Process psql = psql(through.url(), "SELECT 1");
            Through.until("it is held", () -> held.getCount() == 0);
            psql.destroyForcibly();
            Instant killed = Instant.now();
            Through.until("its backend is gone", () -> Through.backends(direct) == 0);
            assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(2));
            assertThat(through.gateway().failure()).isEmpty();
        }
        through.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 40, 400, 5_000, 100_000, 1_000_000})
    void theNetworkToTheServerIsCutInTheMiddleOfAnAnswer(long bytes) throws Exception {
        String url = TestClusters.freshDatabase(18);
        for (StatementHandler handler : List.of(StatementHandler.NONE, new Recorder())) {
            try (Hop hop = Hop.to(URI.create(url).getPort(), Damage.NONE, Damage.cutAfter(bytes));
                    Through through = Through.of(Through.at(url, hop.port()), handler)) {
                assertThatThrownBy(() -> readMuch(through.url())).isInstanceOf(SQLException.class);
                Through.until(
                        "no connection is left",
                        () -> through.gateway().connections().isEmpty());
            }
            Through.of(url, handler).assertNothingLeftAfterClose();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 40, 100, 500, 5_000, 100_000})
    void theNetworkToTheClientIsCutInTheMiddleOfAStatement(long bytes) throws Exception {
        for (StatementHandler handler : List.of(StatementHandler.NONE, new Recorder())) {
            Through through = Through.fresh(handler);
            try (through;
                    Hop hop = Hop.to(through.gateway().port(), Damage.cutAfter(bytes), Damage.NONE)) {
                assertThatThrownBy(() -> sendMuch(Through.at(through.directUrl(), hop.port())))
                        .isInstanceOf(SQLException.class);
                Through.until(
                        "no connection is left",
                        () -> through.gateway().connections().isEmpty());
            }
            through.assertNothingLeft();
        }
    }

    private static void readMuch(String url) throws SQLException {
        try (Connection connection = Through.connect(url, "socketTimeout=10");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT repeat('x', 1000) FROM generate_series(1, 2000)")) {
            while (rows.next()) {
                assertThat(rows.getString(1)).hasSize(1000);
            }
        }
    }

    private static void sendMuch(String url) throws SQLException {
        try (Connection connection = Through.connect(url, "socketTimeout=10");
                PreparedStatement statement = connection.prepareStatement("SELECT length(?)")) {
            for (int i = 0; i < 20; i++) {
                statement.setString(1, "x".repeat(10_000));
                statement.execute();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoHundredConnectionsAreKeptApart(boolean watched) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(new Request(18, Map.of("max_connections", "230")))) {
            Through through = Through.of(postgres.url("postgres"), handler(watched));
            try (through) {
                List<Session> sessions =
                        IntStream.range(0, 200).mapToObj(_ -> through.session()).toList();
                assertThat(through.gateway().connections())
                        .hasSize(200)
                        .extracting(ConnectionInfo::backendPid)
                        .doesNotHaveDuplicates();
                List<CompletableFuture<Void>> all = new ArrayList<>();
                sessions.forEach(session -> all.add(meanwhile(() -> askOwnPid(session))));
                all.forEach(CompletableFuture::join);
                sessions.subList(0, 100).forEach(Session::close);
            }
            through.assertNothingLeft();
        }
    }

    private static void askOwnPid(Session session) {
        for (int i = 0; i < 20; i++) {
            assertThat(session.query("SELECT pg_backend_pid() AS pid", row -> row.number("pid")))
                    .containsExactly((long) session.backendPid());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLargeRowIsNotGathered(boolean watched) throws IOException {
        Through through = Through.fresh(handler(watched));
        try (through) {
            long before = usedMemory();
            Process psql = psql(through.url(), "SELECT repeat('x', " + LARGE + ")");
            long most = 0;
            while (psql.isAlive()) {
                most = Math.max(most, usedMemory() - before);
                waitFor(psql, 20);
            }
            assertThat(psql.exitValue()).isZero();
            assertThat(most).isLessThan(64L << 20);
        }
        through.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLargeParameterIsNotGathered(boolean watched) throws SQLException {
        Through through = Through.fresh(handler(watched));
        try (through;
                Connection connection = through.connect();
                PreparedStatement statement = connection.prepareStatement("SELECT length(?)")) {
            long before = usedMemory();
            statement.setBinaryStream(1, new Zeros(LARGE), (int) LARGE);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(LARGE);
            }
            assertThat(usedMemory() - before).isLessThan(64L << 20);
        }
        through.assertNothingLeft();
    }

    /// As many zero bytes as asked for.
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int read = (int) Math.min(left, length);
            java.util.Arrays.fill(target, from, from + read, (byte) 0);
            left -= read;
            return read;
        }
    }

    private static boolean fails(Runnable body) {
        try {
            body.run();
            return false;
        } catch (DatabaseException _) {
            return true;
        }
    }

    private static long usedMemory() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long sleepers(Session session) {
        return session.query(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event = 'PgSleep'",
                        row -> row.number("n"))
                .getFirst();
    }

    private static CompletableFuture<Void> meanwhile(Runnable body) {
        return CompletableFuture.runAsync(body, Thread.ofVirtual()::start);
    }

    private static Process psql(String url, String... statements) throws IOException {
        List<String> command = new ArrayList<>(List.of("psql", "-XAtq", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1"));
        for (String statement : statements) {
            command.addAll(List.of("-c", statement));
        }
        return start(url, command);
    }

    private static Process start(String url, List<String> command) throws IOException {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        Integer.toString(uri.getPort()),
                        "PGUSER",
                        user[0],
                        "PGPASSWORD",
                        user[1],
                        "PGDATABASE",
                        uri.getPath().substring(1)));
        return builder.start();
    }

    private static int wait(Process process) {
        while (!waitFor(process, 1000)) {
            assertThat(process.isAlive()).isTrue();
        }
        return process.exitValue();
    }

    private static boolean waitFor(Process process, long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
