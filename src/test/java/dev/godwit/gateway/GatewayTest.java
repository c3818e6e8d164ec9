package dev.godwit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.Session;
import dev.godwit.gateway.ConnectionInfo.State;
import dev.godwit.problem.GodwitException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

class GatewayTest {
    private static StatementHandler handler(boolean watched) {
        return watched ? new Recorder() : StatementHandler.NONE;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pgjdbcWorksAsItDoesDirectly(boolean watched) throws SQLException {
        Through through = Through.fresh(handler(watched));
        try (through;
                Connection connection = through.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(id int PRIMARY KEY, name text); INSERT INTO t VALUES (0, 'zero')");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
                for (int i = 1; i <= 1000; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "name " + i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(1000);
            }
            connection.commit();
            statement.setFetchSize(7);
            long sum = 0;
            try (ResultSet rows = statement.executeQuery("SELECT id FROM t")) {
                while (rows.next()) {
                    sum += rows.getLong(1);
                }
            }
            assertThat(sum).isEqualTo(500_500);
            connection.commit();
        }
        through.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void copyGoesBothWays(boolean watched) throws Exception {
        Through through = Through.fresh(handler(watched));
        try (through;
                Connection connection = through.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t(id int)");
            var copies = connection.unwrap(PGConnection.class).getCopyAPI();
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 100_000; i++) {
                lines.append(i).append('\n');
            }
            assertThat(copies.copyIn("COPY t FROM STDIN", new StringReader(lines.toString())))
                    .isEqualTo(100_000);
            StringWriter out = new StringWriter();
            copies.copyOut("COPY (SELECT id FROM t ORDER BY id) TO STDOUT", out);
            assertThat(out).hasToString(lines.toString());
            assertThatThrownBy(() -> copies.copyIn("COPY t FROM STDIN", new StringReader("no number\n")))
                    .isInstanceOf(SQLException.class);
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM t")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(100_000);
            }
        }
        through.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelReachesTheRightBackend(boolean watched) {
        Through through = Through.fresh(handler(watched));
        try (through;
                Session session = through.session();
                Session other = through.session()) {
            CompletableFuture<Void> sleeping = meanwhile(() -> session.execute("SELECT pg_sleep(60)"));
            CompletableFuture<Void> spared = meanwhile(() -> other.execute("SELECT pg_sleep(2)"));
            try (Session direct = through.direct()) {
                Through.until("both sleep", () -> sleepers(direct) == 2);
            }
            session.cancel();
            assertThatThrownBy(sleeping::join).hasMessageContaining("canceling statement due to user request");
            spared.join();
        }
        through.assertNothingLeft();
    }

    private static CompletableFuture<Void> meanwhile(Runnable body) {
        return CompletableFuture.runAsync(body, Thread.ofVirtual()::start);
    }

    private static long sleepers(Session session) {
        return session.query(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event = 'PgSleep'",
                        row -> row.number("n"))
                .getFirst();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionsAreListedWithTheirBackendAndState(boolean watched) {
        Through through = Through.fresh(handler(watched));
        try (through;
                Session session = through.session()) {
            assertThat(through.gateway().connections()).singleElement().satisfies(one -> {
                assertThat(one.backendPid()).isEqualTo(session.backendPid());
                assertThat(one.applicationName()).isEqualTo("through");
                assertThat(one.state()).isEqualTo(State.IDLE);
            });
            session.execute("BEGIN");
            assertThat(through.gateway().connections().getFirst().state()).isEqualTo(State.IDLE_IN_TRANSACTION);
            session.execute("SET application_name = 'another'");
            assertThat(through.gateway().connections().getFirst().applicationName())
                    .isEqualTo("another");
        }
        through.assertNothingLeft();
    }

    @Test
    void closingEndsIdleAndRunningConnectionsAtOnce() {
        Through through = Through.fresh(StatementHandler.NONE);
        try (Session direct = through.direct()) {
            Session idle = through.session();
            Session busy = through.session();
            CompletableFuture<Void> sleeping = meanwhile(() -> busy.execute("SELECT pg_sleep(60)"));
            Through.until("it sleeps", () -> sleepers(direct) == 1);
            through.close();
            assertThat(Through.threads()).isEmpty();
            Through.until("no backend is left", () -> Through.backends(direct) == 0);
            assertThatThrownBy(sleeping::join).isNotNull();
            idle.close();
            busy.close();
        }
    }

    @Test
    void aServerThatIsNotThereIsToldAsAnError() {
        Through through = Through.of("postgresql://nobody:x@127.0.0.1:1/nothing", StatementHandler.NONE);
        try (through) {
            assertThatThrownBy(through::session)
                    .isInstanceOf(GodwitException.class)
                    .hasMessageContaining("the gateway cannot reach the server");
        }
        assertThat(Through.threads()).isEmpty();
    }
}
