package dev.godwit.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.staging.EmbeddedPostgres.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPostgresTest {
    @Test
    void startsTheBundledMajorAndLeavesNothing() throws SQLException {
        Path data;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(new Request(18, Map.of("work_mem", "5MB")))) {
            data = postgres.dataDirectory();
            assertThat(Files.exists(data)).isTrue();
            assertThat(show(postgres.url("postgres"), "work_mem")).isEqualTo("5MB");
            assertThat(show(postgres.url("postgres"), "server_version")).startsWith("18.");
            assertThat(show(postgres.url("postgres"), "fsync")).isEqualTo("off");
        }
        assertThat(Files.exists(data.getParent())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void aStandbyFollowsAndRefusesToWriteAndLeavesNothing(int major) throws SQLException {
        Path data;
        try (EmbeddedPostgres primary = EmbeddedPostgres.start(Request.of(major))) {
            TestClusters.execute(primary.url("postgres"), "CREATE TABLE before AS SELECT 1 AS id");
            try (EmbeddedPostgres standby = primary.standby()) {
                data = standby.dataDirectory();
                String url = standby.url("postgres");
                assertThat(ask(url, "SELECT pg_is_in_recovery()::text || ' ' || (SELECT id FROM before)"))
                        .isEqualTo("true 1");
                TestClusters.execute(primary.url("postgres"), "CREATE TABLE after AS SELECT 2 AS id");
                awaitAnswer(url, "SELECT (to_regclass('after') IS NOT NULL)::text", "true");
                assertThatThrownBy(() -> TestClusters.execute(url, "CREATE TABLE own (id int)"))
                        .rootCause()
                        .hasMessageContaining("read-only transaction");
            }
            assertThat(Files.exists(data.getParent())).isFalse();
            assertThat(ask(primary.url("postgres"), "SELECT id FROM after")).isEqualTo("2");
        }
    }

    private static void awaitAnswer(String url, String query, String answer) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!ask(url, query).equals(answer)) {
            assertThat(System.nanoTime()).as(query + " never gave " + answer).isLessThan(deadline);
        }
    }

    private static String show(String url, String setting) throws SQLException {
        return ask(url, "SHOW " + setting);
    }

    private static String ask(String url, String query) throws SQLException {
        try (Connection connection = TestClusters.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
