package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {
    @TempDir
    Path base;

    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void publishedBinariesOfEveryMajorStart(int major) throws IOException, SQLException {
        Surroundings published = TestPlaces.in(base, Map.of("GODWIT_POSTGRES_" + major, "published"));
        try (Cluster cluster = Cluster.start(major, Map.of(), published)) {
            assertThat(cluster.binaries().origin()).isEqualTo(Binaries.Origin.PUBLISHED);
            assertThat(ask(cluster, "SHOW server_version"))
                    .isEqualTo(cluster.binaries().version().toString());
            assertThat(ask(cluster, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(ask(cluster, "SELECT datcollate FROM pg_database WHERE datname = 'postgres'"))
                    .isIn("C.UTF-8", "C");
        }
    }

    @Test
    void aBadSettingIsToldInTheServersWordsAndLeavesNothing() throws IOException {
        Problem problem = failure(Map.of("shared_preload_libraries", "no_such_library"));
        assertThat(problem.kind()).isEqualTo(Problem.Kind.DATABASE);
        assertThat(problem.what()).contains("PostgreSQL 18", "did not start", "no_such_library");
        assertThat(problem.remedy()).contains("setting");
        assertThat(TestPlaces.clustersIn(base)).isEmpty();
        assertThat(Traces.processes(base)).isEmpty();
    }

    @Test
    void aValueThatIsNoValueIsToldInTheServersWords() throws IOException {
        assertThat(failure(Map.of("max_connections", "many")).what()).contains("max_connections", "many");
        assertThat(TestPlaces.clustersIn(base)).isEmpty();
    }

    private Problem failure(Map<String, String> settings) throws IOException {
        Surroundings surroundings = TestPlaces.in(base);
        return catchThrowableOfType(GodwitException.class, () -> Cluster.start(18, settings, surroundings))
                .problem();
    }

    @Test
    void takesAnotherPortWhenTheFirstIsTakenMeanwhile() throws IOException, SQLException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Deque<Integer> ports = new ArrayDeque<>(List.of(other.getLocalPort(), Launch.freePort()));
            Launch launch = new Launch(TestPlaces.in(base), Settings.of(Map.of()), ports::remove);
            try (Cluster cluster = launch.start(18)) {
                assertThat(cluster.port()).isNotEqualTo(other.getLocalPort());
                assertThat(ask(cluster, "SHOW port")).isEqualTo(Integer.toString(cluster.port()));
                assertThat(TestPlaces.clustersIn(base)).hasSize(1);
            }
        }
    }

    @Test
    void nobodyEntersWithoutThePassword() throws IOException {
        try (Cluster cluster = Cluster.start(18, Map.of(), TestPlaces.in(base))) {
            SQLException refused = catchThrowableOfType(
                    SQLException.class, () -> DriverManager.getConnection(url(cluster), "postgres", "x"));
            assertThat(refused.getSQLState()).isEqualTo("28P01");
        }
    }

    @Test
    void thePasswordIsInNoFileNoArgumentAndNoEnvironment() throws IOException, SQLException {
        try (Cluster cluster = Cluster.start(18, Map.of("log_statement", "all"), TestPlaces.in(base))) {
            assertThat(ask(cluster, "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'"))
                    .startsWith("SCRAM-SHA-256$");
            for (String place : whatOthersMightRead(cluster)) {
                assertThat(place).doesNotContain(cluster.password());
            }
        }
    }

    private List<String> whatOthersMightRead(Cluster cluster) throws IOException {
        List<String> places = new ArrayList<>();
        for (long pid :
                Traces.processes(cluster.dataDirectory().resolveSibling(".").normalize())) {
            places.add(bytes(Path.of("/proc/" + pid + "/cmdline")));
            places.add(bytes(Path.of("/proc/" + pid + "/environ")));
        }
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                places.add(bytes(file));
            }
        }
        assertThat(places).hasSizeGreaterThan(500);
        return places;
    }

    /// A process or a file that has gone since it was listed gives nothing away.
    private static String bytes(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return "";
            }
            throw e;
        }
    }

    @Test
    void twoClustersAtOnceAreTwo() throws IOException, SQLException {
        Surroundings surroundings = TestPlaces.in(base);
        try (Cluster one = Cluster.start(18, Map.of(), surroundings);
                Cluster other = Cluster.start(18, Map.of(), surroundings)) {
            ask(one, "CREATE TABLE only_here AS SELECT 1; SELECT 'made'");
            assertThat(ask(other, "SELECT to_regclass('only_here') IS NULL")).isEqualTo("t");
            assertThat(one.password()).isNotEqualTo(other.password());
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws IOException {
        Cluster cluster = Cluster.start(18, Map.of(), TestPlaces.in(base));
        cluster.close();
        cluster.close();
        assertThat(TestPlaces.clustersIn(base)).isEmpty();
    }

    private static String url(Cluster cluster) {
        return "jdbc:postgresql://127.0.0.1:" + cluster.port() + "/postgres";
    }

    private static String ask(Cluster cluster, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(cluster), "postgres", cluster.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            while (statement.getResultSet() == null) {
                statement.getMoreResults();
            }
            ResultSet rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }
}
