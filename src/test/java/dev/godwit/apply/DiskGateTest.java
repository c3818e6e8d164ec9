package dev.godwit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Spread;
import dev.godwit.evidence.Verdict;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.TestClusters;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Room as it is told, looked up, or not known.
class DiskGateTest {
    private static final String SQL = "CREATE TABLE n (id int)";
    private static final long MB = 1L << 20;
    private static final long GB = 1L << 30;

    static Evidence evidence(String digest, Instant rehearsedAt) {
        return evidence(digest, rehearsedAt, 1.0, Optional.of(1L), 1);
    }

    private static Evidence evidence(String digest, Instant rehearsedAt, double scale, Optional<Long> peak, long wal) {
        return new Evidence(
                "1_test",
                digest,
                "plain-sql",
                "18.6",
                Optional.of(rehearsedAt),
                "sha256:b",
                "sha256:a",
                new Evidence.Staging("synthesize", 10, 8192, scale, 1.0, List.of()),
                1,
                List.of(new Evidence.StatementMeasure(SQL, Spread.of(List.of(1.0)), List.of(), List.of(), wal)),
                peak,
                new Evidence.Traffic(200, 12.0, new Evidence.BeforeDuring(1, 2), 100, 0, "catalog"),
                new Evidence.Rollback(3, true, true, List.of(), true),
                new Evidence.Forecast(new Evidence.Range(1, 2)),
                new Evidence.Risk(Evidence.Level.LOW, List.of()),
                Verdict.PASS,
                List.of(),
                Map.of());
    }

    private static Gate ask(String url, Limits limits, double scale, Optional<Long> peak, long wal) {
        try (GateScene scene = new GateScene(url, limits)) {
            String digest = scene.of(SQL, Optional.empty()).order().migration().digest();
            return new DiskGate().ask(scene.of(SQL, Optional.of(evidence(digest, Instant.EPOCH, scale, peak, wal))));
        }
    }

    private static Gate ask(String url, Limits limits, long peak, long wal) {
        return ask(url, limits, 1.0, Optional.of(peak), wal);
    }

    private static Limits free(long bytes) {
        return Limits.DEFAULT.withDisk(Optional.of(bytes), false);
    }

    private static String database() {
        return TestClusters.freshDatabase(18);
    }

    @Test
    void whatTheRehearsalTookMustBeFreeInProductionsSize() {
        String url = database();
        assertThat(ask(url, free(13 * GB), 10 * GB, 100 * MB))
                .returns(true, Gate::open)
                .satisfies(gate -> assertThat(gate.reason())
                        .isEqualTo("it needs about 10 GB and 100 MB of WAL; free are 13 GB by apply.disk_free"));
        assertThat(ask(url, free(11 * GB), 10 * GB, 100 * MB))
                .returns(false, Gate::open)
                .satisfies(gate -> assertThat(gate.reason()).contains("free are 11 GB", "a fifth more"));
        assertThat(ask(url, free(13 * GB), 0.1, Optional.of(10 * GB), 0))
                .returns(false, Gate::open)
                .satisfies(gate -> assertThat(gate.reason()).contains("about 100 GB"));
    }

    @Test
    void walIsKeptUpToItsSettingWhenNobodyHoldsIt() {
        assertThat(ask(database(), free(13 * GB), 0, 500 * GB).reason()).doesNotContain("500 GB");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void theServersDirectoryIsLookedUpOnThisMachine(int major) {
        String url = TestClusters.freshDatabase(major);
        assertThat(ask(url, Limits.DEFAULT, 1 * MB, 0))
                .returns(true, Gate::open)
                .satisfies(gate -> assertThat(gate.reason())
                        .contains("B in "
                                + TestClusters.shared(major).dataDirectory().toString()));
        assertThat(ask(url, Limits.DEFAULT, 1L << 55, 0).open()).isFalse();
    }

    @Test
    void aDirectoryOfTheSameNameOfAnotherServerTellsNothing() {
        try (GateScene scene = new GateScene(database(), Limits.DEFAULT)) {
            Room.Server server =
                    scene.session.queryOne(Room.DIRECTORY, Room.Server::of).orElseThrow();
            assertThat(Room.free(server, List.of())).isPresent();
            assertThat(Room.free(new Room.Server(server.path(), server.started() - 60, server.system()), List.of()))
                    .isEmpty();
            assertThat(Room.free(new Room.Server(server.path(), server.started(), server.system() + 1), List.of()))
                    .isEmpty();
            assertThat(Room.free(new Room.Server("/no/such/place\0", 1, 1), List.of()))
                    .isEmpty();
            assertThat(Room.free(server, List.of("/no/such/tablespace"))).isEmpty();
        }
    }

    @Test
    void whatIsNotKnownIsSaidAndNoPassWhereItMustBeKnown() {
        String url = database();
        String role = "plain_" + url.replaceAll(".*/", "");
        TestClusters.execute(url, "CREATE ROLE " + role + " LOGIN PASSWORD 'hush'");
        String plain = url.replace(URI.create(url).getRawUserInfo(), role + ":hush");

        Gate warned = ask(plain, Limits.DEFAULT, 10 * GB, 0);
        assertThat(warned).returns(true, Gate::open);
        assertThat(warned.reason()).contains("needs about 10 GB", "was not measured: PostgreSQL does not tell");
        assertThat(warned.remedy()).contains("disk_free");
        assertThat(ask(plain, Limits.DEFAULT, 1 * MB, 0))
                .returns(true, Gate::open)
                .returns("", Gate::remedy)
                .satisfies(gate -> assertThat(gate.reason()).contains("was not measured"));

        Limits strict = Limits.DEFAULT.withDisk(Optional.empty(), true);
        assertThat(ask(plain, strict, 1 * MB, 0).open()).isFalse();
        assertThat(ask(url, strict, 1 * MB, 0).open()).isTrue();
        assertThat(ask(url, strict, 1.0, Optional.empty(), 0).open()).isFalse();
        assertThat(ask(url, Limits.DEFAULT, 1.0, Optional.empty(), 0).remedy()).isNotEmpty();
        try (GateScene scene = new GateScene(url, Limits.DEFAULT)) {
            assertThat(scene.ask(new DiskGate(), SQL).reason()).contains("unknown without a rehearsal");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void slotsThatNobodyReadsAndAFailingArchiveKeepAllTheLogOrAreLost(int major) {
        Map<String, String> settings = Map.of(
                "max_slot_wal_keep_size",
                "200MB",
                "archive_mode",
                "on",
                "archive_command",
                "false",
                "max_wal_size",
                "80MB");
        try (EmbeddedPostgres cluster = EmbeddedPostgres.start(new EmbeddedPostgres.Request(major, settings));
                GateScene scene = new GateScene(cluster.url("postgres"), Limits.DEFAULT)) {
            String url = cluster.url("postgres");
            assertThat(ask(url, free(13 * GB), 0, 1 * GB).reason()).contains("80 MB of WAL;");

            scene.session.execute("SELECT pg_create_physical_replication_slot('tokyo', true)");
            assertThat(ask(url, free(13 * GB), 0, 100 * MB).reason())
                    .contains("100 MB of WAL; slot tokyo, which nobody reads, holds ");
            assertThat(ask(url, free(13 * GB), 0, 1 * GB))
                    .returns(false, Gate::open)
                    .satisfies(gate ->
                            assertThat(gate.reason()).contains("slot tokyo, which nobody reads, is lost after 2"));

            scene.session.execute("SELECT pg_drop_replication_slot('tokyo')");
            scene.session.execute("CREATE TABLE t AS SELECT 1 AS a; SELECT pg_switch_wal()");
            Instant deadline = Instant.now().plusSeconds(20);
            while (!WalKeepers.read(scene.session).archiveFails()) {
                assertThat(Instant.now()).isBefore(deadline);
            }
            assertThat(ask(url, free(13 * GB), 0, 1 * GB).reason())
                    .contains("1 GB of WAL; the archive fails, so all WAL stays");
        }
    }
}
