package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.gateway.Gateway.Options;
import dev.godwit.problem.GodwitException;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The way from the gateway to a real server that speaks TLS, under every `sslmode`. Clients log in by SCRAM through
/// it, in clear on loopback.
@TestInstance(Lifecycle.PER_CLASS)
class TlsTest {
    private final EmbeddedPostgres postgres = EmbeddedPostgres.start(Request.of(18));
    private Path directory = Path.of("");

    @BeforeAll
    void speakTls(@TempDir Path temporary) throws IOException {
        directory = temporary;
        Certificates certificates = Certificates.make(directory, "postgres");
        for (String name : List.of("server.crt", "server.key", "ca.crt")) {
            give(certificates, name);
        }
        try (Session session = Session.open(DatabaseUrl.parse(postgres.url("postgres"), Map.of()), "test")) {
            session.execute("ALTER SYSTEM SET ssl_cert_file = 'server.crt'");
            session.execute("ALTER SYSTEM SET ssl_key_file = 'server.key'");
            session.execute("ALTER SYSTEM SET ssl_ca_file = 'ca.crt'");
            session.execute("ALTER SYSTEM SET ssl = on");
            session.execute("SELECT pg_reload_conf()");
            Through.until(
                    "TLS is on",
                    () -> session.query("SHOW ssl", row -> row.flag("ssl")).getFirst());
        }
    }

    /// A copy that the server's account owns and nobody else can read, as the server demands.
    private void give(Certificates certificates, String name) throws IOException {
        Path target = postgres.dataDirectory().resolve(name);
        Files.copy(certificates.file(name), target, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        Files.getFileAttributeView(target, PosixFileAttributeView.class)
                .setOwner(Files.getOwner(postgres.dataDirectory()));
    }

    @AfterAll
    void stop() {
        postgres.close();
    }

    /// What begins with `$` in the settings is a file of the authority.
    private Through through(String host, String settings, StatementHandler handler) {
        String url = postgres.url("postgres").replace("127.0.0.1", host) + "?"
                + settings.replaceAll("\\$([a-z.]+)", directory + "/$1");
        return new Through(
                postgres.url("postgres"), Gateway.start(Options.loopback(DatabaseUrl.parse(url, Map.of())), handler));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, sslmode=disable, false",
        "127.0.0.1, sslmode=prefer, true",
        "127.0.0.1, sslmode=require, true",
        "127.0.0.1, sslmode=require&sslrootcert=$ca.crt, true",
        "127.0.0.1, sslmode=verify-ca&sslrootcert=$ca.crt, true",
        "localhost, sslmode=verify-full&sslrootcert=$ca.crt, true"
    })
    void theServerIsReachedAsTheModeSays(String host, String settings, boolean encrypted) {
        for (StatementHandler handler : List.of(StatementHandler.NONE, new Recorder())) {
            Through through = through(host, settings, handler);
            try (through;
                    Session session = through.session()) {
                assertThat(session.query(
                                "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", row -> row.flag("ssl")))
                        .containsExactly(encrypted);
                assertThat(session.query("SELECT length(repeat('x', 3000000)) AS n", row -> row.number("n")))
                        .containsExactly(3_000_000L);
            }
            through.assertNothingLeft();
        }
    }

    /// libpq ends over the offer of a login that is bound to a channel it has not got.
    @Test
    void psqlLogsInInClearToAServerThatIsReachedEncrypted() {
        for (StatementHandler handler : List.of(StatementHandler.NONE, new Recorder())) {
            try (Through through = through("localhost", "sslmode=verify-full&sslrootcert=$ca.crt", handler)) {
                assertThat(new Psql(through.url(), "host=localhost sslmode=disable").run("SELECT 'in'"))
                        .isEqualTo("in\n");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server, SELECT 'in', channel_binding=require, in",
        "client, SELECT 'in', channel_binding=require, SCRAM channel binding check failed",
        "client, SELECT 'in', channel_binding=disable, in"
    })
    void aLoginIsBoundToTheServersCertificateWhereTheGatewayHasIt(
            String name, String sql, String binding, String says) {
        DatabaseUrl url = DatabaseUrl.parse(postgres.url("postgres") + "?sslmode=require", Map.of());
        ClientTls tls = ClientTls.of(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
        Options options = new Options(url, "127.0.0.1", 0, Optional.of(tls));
        try (Through through = new Through(postgres.url("postgres"), Gateway.start(options, StatementHandler.NONE))) {
            assertThat(new Psql(through.url(), "host=localhost sslmode=require " + binding).run(sql))
                    .contains(says);
        }
    }

    @Test
    void aServerOf17OrLaterIsReachedByTlsFromTheFirstByte() {
        String settings = "sslnegotiation=direct&sslmode=verify-full&sslrootcert=$ca.crt";
        Through through = through("localhost", settings, new Recorder());
        try (through;
                Session session = through.session();
                Session own = Session.open(through.gateway().upstream(), "own")) {
            for (Session one : List.of(session, own)) {
                assertThat(one.query(
                                "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", row -> row.flag("ssl")))
                        .containsExactly(true);
            }
        }
        through.assertNothingLeft();
    }

    @Test
    void aServerThatDoesNotBeginWithTlsIsNamedAsSuch() {
        String url = TestClusters.freshDatabase(15);
        try (Through through = Through.of(url + "?sslnegotiation=direct&sslmode=require", StatementHandler.NONE)) {
            assertThatThrownBy(through::session).hasMessageContaining("PostgreSQL 17 and later can");
        }
        assertThatThrownBy(() -> Through.of(url + "?sslnegotiation=direct", StatementHandler.NONE))
                .hasMessageContaining("does not go with sslmode=prefer");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, sslmode=require&sslrootcert=$other.crt",
        "localhost, sslnegotiation=direct&sslmode=verify-full&sslrootcert=$other.crt",
        "127.0.0.1, sslmode=verify-ca&sslrootcert=$other.crt",
        "127.0.0.1, sslmode=verify-ca&sslrootcert=$none.crt",
        "127.0.0.1, sslmode=verify-full&sslrootcert=$ca.crt",
        "localhost, sslmode=verify-full&sslrootcert=$other.crt",
        "localhost, sslmode=verify-full&sslrootcert=system"
    })
    void aServerThatIsNotWhoItHasToBeIsRefused(String host, String settings) {
        Through through = through(host, settings, StatementHandler.NONE);
        try (through) {
            assertThatThrownBy(through::session)
                    .isInstanceOf(GodwitException.class)
                    .hasMessageContaining("the gateway cannot reach the server");
        }
        through.assertNothingLeft();
    }

    @Test
    void aServerWithoutTlsIsRefusedWhereItIsRequired() {
        try (EmbeddedPostgres plain = EmbeddedPostgres.start(Request.of(18));
                Through through = Through.of(plain.url("postgres") + "?sslmode=require", StatementHandler.NONE)) {
            assertThatThrownBy(through::session).hasMessageContaining("does not speak TLS");
        }
    }

    @Test
    void aCancelTravelsEncryptedToo() {
        Through through = through("localhost", "sslmode=verify-full&sslrootcert=$ca.crt", new Recorder());
        try (through;
                Session session = through.session();
                Session direct = through.direct()) {
            CompletableFuture<Void> sleeping =
                    CompletableFuture.runAsync(() -> session.execute("SELECT pg_sleep(60)"), Thread.ofVirtual()::start);
            Through.until(
                    "it sleeps",
                    () -> direct.query(
                                            "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
                                            row -> row.number("n"))
                                    .getFirst()
                            == 1);
            session.cancel();
            assertThatThrownBy(sleeping::join).hasMessageContaining("canceling statement due to user request");
        }
        through.assertNothingLeft();
    }

    /// The server asks for a certificate and for no password; the client itself has neither.
    @Test
    void theGatewaysCertificateLogsIn() throws IOException {
        Path rules = postgres.dataDirectory().resolveSibling("pg_hba.conf");
        String before = Files.readString(rules);
        try (Session direct = Session.open(DatabaseUrl.parse(postgres.url("postgres"), Map.of()), "test")) {
            Files.writeString(rules, "hostssl certified all 127.0.0.1/32 cert\n" + before);
            direct.execute("CREATE DATABASE certified");
            direct.execute("SELECT pg_reload_conf()");
            String settings = "sslmode=verify-full&sslrootcert=$ca.crt&sslcert=$client.crt&sslkey=$client.key";
            Through through = through("localhost", settings, StatementHandler.NONE);
            try (through) {
                Through.until(
                        "the server has read its rules", () -> name(through).equals("/CN=postgres"));
            }
        } finally {
            Files.writeString(rules, before);
        }
    }

    /// @return whose certificate the server saw; empty while it still asks for a password
    private static String name(Through through) {
        String anonymous = through.url().replaceFirst(":[^:@]*@", "@").replaceFirst("/postgres$", "/certified");
        try (Session session = Session.open(DatabaseUrl.parse(anonymous, Map.of("PGPASSFILE", "/dev/null")), "test")) {
            return session.query(
                            "SELECT client_dn AS dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
                            row -> row.text("dn"))
                    .getFirst();
        } catch (DatabaseException _) {
            return "";
        }
    }
}
