package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.problem.Problem;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every way in which a connection fails, on a server of its own, since roles and pg_hba.conf belong to the cluster.
class ConnectorTest {
    private static EmbeddedPostgres server;
    private static DatabaseUrl superuser;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start(Request.of(18));
        superuser = DatabaseUrl.parse(server.url("postgres"), Map.of());
        try (Session session = Session.open(superuser, "test")) {
            session.execute("CREATE ROLE ann LOGIN PASSWORD 's3cret'; CREATE ROLE shut LOGIN PASSWORD 's3cret'");
            session.execute("CREATE ROLE full_up LOGIN PASSWORD 's3cret' CONNECTION LIMIT 0");
            session.execute("CREATE DATABASE closed");
            Path rules = Path.of(session.queryOne("SELECT current_setting('hba_file') AS f", row -> row.text("f"))
                    .orElseThrow());
            Files.writeString(rules, "host closed ann all reject\n" + Files.readString(rules));
            session.execute("ALTER ROLE shut NOLOGIN; SELECT pg_reload_conf()");
            Poll.until("the new rules", () -> !opens(url("ann:s3cret", "closed", "")));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysThatNothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Problem problem = failure("postgresql://ann@127.0.0.1:" + port + "/postgres");
        assertThat(problem.what()).isEqualTo("nothing answers at 127.0.0.1 port " + port);
        assertThat(problem.remedy()).contains("pg_isready -h 127.0.0.1 -p " + port);
    }

    /// The kernel's list of sockets shows how many hundredths of a second are left until it asks the other end whether
    /// it lives.
    ///
    /// Source: `Documentation/networking/proc_net_tcp.rst` of Linux.
    @Test
    void asksASilentServerAfterHalfAMinuteWhetherItLives() throws IOException {
        try (Session session = Session.open(superuser, "silent")) {
            assertThat(session.backendPid()).isPositive();
            String server = ":%04X".formatted(superuser.port());
            List<Long> hundredths = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                    .flatMap(ConnectorTest::lines)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words[2].endsWith(server) && words[5].startsWith("02:"))
                    .map(words -> Long.parseLong(words[5].substring(3), 16))
                    .toList();

            assertThat(hundredths).isNotEmpty().allMatch(left -> left <= 3000);
        }
    }

    private static Stream<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysThatTheHostIsUnknown() {
        Problem problem = failure("postgresql://ann@no-such-host.invalid/postgres");
        assertThat(problem.what()).contains("no-such-host.invalid is not known");
    }

    @Test
    void givesUpOnAServerThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Problem problem =
                    failure("postgresql://ann@127.0.0.1:" + silent.getLocalPort() + "/postgres?connect_timeout=1");
            assertThat(problem.what()).contains("no answer").contains("within the connect timeout");
            assertThat(problem.remedy()).contains("connect_timeout");
        }
    }

    @Test
    void saysThatThePasswordIsWrong() {
        Problem problem = failure(url("ann:wr0ng", "postgres", ""));
        assertThat(problem.what()).isEqualTo("the password of ann was refused");
        assertThat(problem.remedy()).contains("PGPASSWORD");
    }

    @Test
    void saysThatAPasswordIsMissing() {
        Problem problem = failure(url("ann", "postgres", ""));
        assertThat(problem.what()).isEqualTo("the server asks for a password and none is known for ann");
    }

    @Test
    void saysThatTheDatabaseIsMissing() {
        Problem problem = failure(url("ann:s3cret", "no-such", ""));
        assertThat(problem.what()).isEqualTo("the database no-such does not exist on this server");
        assertThat(problem.remedy()).contains("createdb no-such");
    }

    @Test
    void saysThatTheServersRulesLetNobodyIn() {
        Problem problem = failure(url("ann:s3cret", "closed", ""));
        assertThat(problem.what()).contains("does not let this login in").contains("pg_hba.conf");
        assertThat(problem.remedy()).contains("pg_hba.conf");
    }

    @Test
    void saysThatTheRoleMayNotLogIn() {
        assertThat(failure(url("shut:s3cret", "postgres", "")).what()).contains("does not let this login in");
    }

    @Test
    void saysThatThereIsNoFreeConnection() {
        Problem problem = failure(url("full_up:s3cret", "postgres", ""));
        assertThat(problem.what()).contains("no free connection");
        assertThat(problem.remedy()).contains("max_connections");
    }

    @Test
    void saysThatTheServerSpeaksNoTls() {
        Problem problem = failure(url("ann:s3cret", "postgres", "?sslmode=require"));
        assertThat(problem.what()).contains("does not speak TLS");
        assertThat(problem.remedy()).contains("ssl");
    }

    @Test
    void handsOnWhatTheUrlAsksFor() {
        String url = url("ann:s3cret", "postgres", "?options=-c%20lock_timeout%3D123ms&sslmode=disable&keepalives=0");
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test")) {
            assertThat(session.queryOne("SELECT current_setting('lock_timeout') AS s", row -> row.text("s")))
                    .contains("123ms");
        }
    }

    private static boolean opens(String url) {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test")) {
            return session.alive();
        } catch (DatabaseException refused) {
            return false;
        }
    }

    private static String url(String login, String database, String options) {
        return "postgresql://" + login + "@127.0.0.1:" + superuser.port() + "/" + database + options;
    }

    private static Problem failure(String url) {
        DatabaseUrl parsed = DatabaseUrl.parse(url, Map.of("HOME", "/nonexistent"));
        DatabaseException refused = catchThrowableOfType(
                DatabaseException.class, () -> Session.open(parsed, "test").close());
        assertThat(refused.problem().kind()).isEqualTo(Problem.Kind.DATABASE);
        assertThat(refused.problem().where()).isEqualTo(parsed.display());
        assertThat(refused.problem() + refused.toString())
                .doesNotContain("s3cret")
                .doesNotContain("wr0ng");
        return refused.problem();
    }
}
