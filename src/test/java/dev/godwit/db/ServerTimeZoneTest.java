package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.TestClusters;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With zones that differ from each other and from this JVM's by odd minutes.
class ServerTimeZoneTest {
    private static final String OF_SERVER = "Asia/Kathmandu";
    private static final String OF_DATABASE = "Asia/Tehran";
    private static final String OF_ROLE = "Australia/Adelaide";

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void aSessionWorksInTheServersZoneAsPsqlDoes(int major) {
        assertThat(TimeZone.getDefault().getID()).isNotIn(OF_SERVER, OF_DATABASE, OF_ROLE);
        Map<String, String> settings = Map.of("timezone", OF_SERVER, "log_timezone", OF_SERVER);
        try (EmbeddedPostgres server = EmbeddedPostgres.start(new EmbeddedPostgres.Request(major, settings))) {
            String url = server.url("postgres");
            TestClusters.execute(
                    url, "SET password_encryption = 'scram-sha-256'; CREATE ROLE plain LOGIN PASSWORD 'x'");
            String plain = url.replaceFirst("//[^@]*@", "//plain:x@");
            assertThat(zone(url)).isEqualTo(OF_SERVER);
            assertThat(zone(plain)).isEqualTo(OF_SERVER);
            assertConverts(url, "2026-01-01 06:15:00+00");

            TestClusters.execute(url, "ALTER DATABASE postgres SET TimeZone = '" + OF_DATABASE + "'");
            assertThat(zone(url)).isEqualTo(OF_DATABASE);
            TestClusters.execute(url, "ALTER ROLE plain SET TimeZone = '" + OF_ROLE + "'");
            assertThat(zone(plain)).isEqualTo(OF_ROLE);
            assertThat(zone(url)).isEqualTo(OF_DATABASE);
            assertThat(zone(plain + "?options=-c%20TimeZone%3DUTC")).isEqualTo("UTC");
        }
    }

    private static String zone(String url) {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test")) {
            return session.queryOne("SELECT current_setting('TimeZone') AS zone", row -> row.text("zone"))
                    .orElseThrow();
        }
    }

    /// The moment that noon in the server's zone is.
    private static void assertConverts(String url, String moment) {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test")) {
            session.execute("CREATE TABLE t AS SELECT timestamp '2026-01-01 12:00' AS at;"
                    + "ALTER TABLE t ALTER COLUMN at TYPE timestamptz");
            assertThat(session.queryOne(
                            "SELECT (at AT TIME ZONE 'UTC')::text || '+00' AS at FROM t", row -> row.text("at")))
                    .contains(moment);
        }
    }
}
