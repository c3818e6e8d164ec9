package dev.godwit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.TestClusters;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Standbys that stream, that pause, that are gone.
class ReplicasGateTest {
    private static final String SQL = "CREATE TABLE n (id int)";
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static Gate ask(String url, Replicas replicas, Duration lag) {
        try (GateScene scene = new GateScene(url, Limits.DEFAULT.withReplicas(replicas, lag))) {
            return scene.ask(new ReplicasGate(), SQL);
        }
    }

    private static void assertClosed(Gate gate, String... words) {
        assertThat(gate.open()).as(gate.toString()).isFalse();
        assertThat(gate.reason() + "\n" + gate.remedy()).contains(words);
    }

    private static Session session(EmbeddedPostgres server) {
        return Session.open(DatabaseUrl.parse(server.url("postgres"), Map.of()), "test");
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 18})
    void aStandbyMustReplayInTimeWhatWasWritten(int major) {
        try (EmbeddedPostgres primary = EmbeddedPostgres.start(EmbeddedPostgres.Request.of(major))) {
            String url = primary.url("postgres");
            assertThat(ask(url, Replicas.ANY, SOON))
                    .returns(true, Gate::open)
                    .satisfies(gate -> assertThat(gate.reason()).isEqualTo("no standby is connected"));
            assertClosed(ask(url, Replicas.parse("walreceiver"), SOON), "standby walreceiver is not connected");

            try (EmbeddedPostgres standby = primary.standby();
                    Session onPrimary = session(primary);
                    Session onStandby = session(standby)) {
                onPrimary.execute("CREATE TABLE t AS SELECT generate_series(1, 100000) AS a");
                assertStreams(url, Replicas.ANY);
                assertStreams(url, Replicas.parse(" walreceiver ,"));

                onStandby.execute("SELECT pg_wal_replay_pause()");
                onPrimary.execute("INSERT INTO t SELECT generate_series(1, 100000)");
                assertClosed(
                        ask(url, Replicas.ANY, SOON),
                        "has not replayed what was written 0.5 s ago",
                        "B behind",
                        "pause");
                assertThat(ask(url, Replicas.NONE, SOON).open()).isTrue();
                assertClosed(
                        ask(plain(onPrimary, url), Replicas.ANY, SOON),
                        "hidden from this login",
                        "GRANT pg_read_all_stats");

                onStandby.execute("SELECT pg_wal_replay_resume()");
                assertStreams(url, Replicas.ANY);
                onPrimary.execute("GRANT pg_read_all_stats TO plain");
                assertStreams(url.replace(URI.create(url).getRawUserInfo(), "plain:hush"), Replicas.ANY);
            }
        }
    }

    /// The login of an operator without any special right.
    private static String plain(Session session, String url) {
        session.execute("SET password_encryption = 'scram-sha-256'; CREATE ROLE plain LOGIN PASSWORD 'hush'");
        return url.replace(URI.create(url).getRawUserInfo(), "plain:hush");
    }

    /// A standby that has just connected may still be catching up.
    private static void assertStreams(String url, Replicas replicas) {
        Instant deadline = Instant.now().plus(PATIENT);
        Gate gate = ask(url, replicas, PATIENT);
        while (!gate.open() && Instant.now().isBefore(deadline)) {
            gate = ask(url, replicas, PATIENT);
        }
        assertThat(gate.open()).as(gate.toString()).isTrue();
        assertThat(gate.reason()).contains("the standby streams and replayed what was written within");
    }

    @Test
    void aSlotThatWaitsForItsStandbyMeansOneIsGone() {
        try (EmbeddedPostgres primary = EmbeddedPostgres.start(EmbeddedPostgres.Request.of(18));
                Session session = session(primary)) {
            session.execute("SELECT pg_create_physical_replication_slot('tokyo', true)");
            assertClosed(
                    ask(primary.url("postgres"), Replicas.ANY, SOON),
                    "standby of slot tokyo is not connected; the slot holds",
                    "pg_drop_replication_slot('tokyo')");
            assertThat(ask(primary.url("postgres"), Replicas.NONE, SOON).open()).isTrue();
        }
    }

    @Test
    void whatALoginMayNotAskIsClosedAndNotAnError() {
        String url = TestClusters.freshDatabase(18);
        String role = "barred_" + url.replaceAll(".*/", "");
        TestClusters.execute(
                url,
                "CREATE ROLE " + role + " LOGIN PASSWORD 'hush';"
                        + "REVOKE SELECT ON pg_catalog.pg_stat_replication FROM PUBLIC");
        String plain = url.replace(URI.create(url).getRawUserInfo(), role + ":hush");
        try (GateScene scene = new GateScene(plain, Limits.DEFAULT)) {
            List<Gate> gates = LiveGate.askAll(scene.of(SQL, Optional.empty()));
            assertThat(gates).hasSize(LiveGate.ALL.size());
            assertThat(gates.stream().filter(gate -> !gate.open()))
                    .singleElement()
                    .satisfies(gate ->
                            assertClosed(gate, "it cannot be asked: permission denied", "--waive \"replicas=REASON\""));
        }
    }

    @Test
    void replicasAreReadFromWords() {
        assertThat(Replicas.parse("any")).isEqualTo(Replicas.ANY);
        assertThat(Replicas.parse("none")).isEqualTo(Replicas.NONE);
        assertThat(Replicas.parse("a, Any,b ")).isEqualTo(new Replicas(false, List.of("a", "Any", "b")));
        assertThat(Shown.bytes(0)).isEqualTo("0 bytes");
        assertThat(Shown.bytes(10_000_000)).isEqualTo("9.5 MB");
        assertThat(Shown.bytes(Long.MAX_VALUE)).isEqualTo("8192 PB");
    }
}
