package dev.godwit.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.staging.EmbeddedPostgres.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    private static String show(String url, String setting) throws SQLException {
        try (Connection connection = TestClusters.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
