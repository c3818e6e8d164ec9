package dev.godwit.apply;

import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.text.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The standbys stream and are not far behind.
///
/// How far is measured, not read: what the server has written by now must be replayed on each within the limit. The
/// column `replay_lag` stays small while a replay is paused.
final class ReplicasGate implements LiveGate {
    static final String NAME = "replicas";

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /// What has no replay of its own, such as `pg_receivewal`, counts by what it has written down. A running base
    /// backup
    /// is no standby.
    private static final String STANDBYS = """
            SELECT pid, coalesce(application_name, '') AS name, state,
              coalesce(coalesce(replay_lsn, flush_lsn) >= ?::pg_lsn, false) AS there,
              coalesce(pg_catalog.pg_wal_lsn_diff(?::pg_lsn, coalesce(replay_lsn, flush_lsn)), 0)::bigint AS behind
            FROM pg_catalog.pg_stat_replication WHERE state IS DISTINCT FROM 'backup' ORDER BY name, pid""";

    /// Asked first: Amazon's Aurora has no standbys of this kind, nor the function that tells a position.
    private static final String ANYBODY = "SELECT true AS one FROM pg_catalog.pg_stat_replication LIMIT 1";

    private static final String LEFT_SLOTS = """
            SELECT slot_name AS name,
              coalesce(pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), restart_lsn), 0)::bigint AS bytes
            FROM pg_catalog.pg_replication_slots
            WHERE slot_type = 'physical' AND NOT temporary AND NOT active AND restart_lsn IS NOT NULL ORDER BY slot_name""";

    private record Standby(long pid, String name, Optional<String> state, boolean there, long behind) {
        static Standby of(Row row) {
            return new Standby(
                    row.number("pid"),
                    Shown.text(row.text("name")),
                    Optional.ofNullable(row.textOrNull("state")),
                    row.flag("there"),
                    row.number("behind"));
        }

        boolean measurable() {
            return state.isPresent();
        }

        boolean streams() {
            return state.filter("streaming"::equals).isPresent();
        }
    }

    private record Trouble(String what, String remedy) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Gate ask(Scene scene) {
        Replicas wanted = scene.limits().replicas();
        if (wanted.equals(Replicas.NONE)) {
            return Gate.open(NAME, "standbys are not asked about: apply.replicas is none");
        }
        long began = System.nanoTime();
        List<Standby> standbys = awaited(scene);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        List<Trouble> troubles = new ArrayList<>();
        standbys.forEach(standby -> trouble(scene, standby).ifPresent(troubles::add));
        absent(wanted, standbys).forEach(troubles::add);
        if (wanted.any()) {
            leftSlots(scene.session()).forEach(troubles::add);
        }
        return troubles.isEmpty() ? Gate.open(NAME, fine(standbys, took)) : closed(troubles);
    }

    private static String fine(List<Standby> standbys, Duration took) {
        if (standbys.isEmpty()) {
            return "no standby is connected";
        }
        String who = standbys.size() == 1 ? "the standby streams" : "all " + standbys.size() + " standbys stream";
        return who + " and replayed what was written within "
                + String.format(Locale.ROOT, "%,d ms", Math.max(1, took.toMillis()));
    }

    private static Gate closed(List<Trouble> troubles) {
        return Gate.closed(
                NAME,
                Shown.list(troubles.stream().map(Trouble::what).toList()),
                String.join(
                        "\n", troubles.stream().map(Trouble::remedy).distinct().toList()));
    }

    /// @return the standbys that are asked about, once all that stream are there or the time is up
    private static List<Standby> awaited(Scene scene) {
        if (scene.session().query(ANYBODY, row -> row.flag("one")).isEmpty()) {
            return List.of();
        }
        long deadline = System.nanoTime() + scene.limits().replicaLag().toNanos();
        String written = scene.session()
                .queryOne("SELECT pg_catalog.pg_current_wal_flush_lsn()::text AS lsn", row -> row.text("lsn"))
                .orElseThrow();
        List<Standby> standbys = standbys(scene, written);
        while (standbys.stream().anyMatch(standby -> standby.streams() && !standby.there())
                && System.nanoTime() < deadline) {
            scene.cancellation().pause(LOOK_AGAIN);
            standbys = standbys(scene, written);
        }
        return standbys;
    }

    private static List<Standby> standbys(Scene scene, String written) {
        Replicas wanted = scene.limits().replicas();
        return scene.session().query(STANDBYS, Standby::of, written, written).stream()
                .filter(standby -> wanted.any() || wanted.names().contains(standby.name()))
                .toList();
    }

    private static Optional<Trouble> trouble(Scene scene, Standby standby) {
        String who = "standby " + standby.name() + " (pid " + standby.pid() + ")";
        if (!standby.measurable()) {
            return Optional.of(new Trouble(
                    who + " cannot be measured: what it does is hidden from this login",
                    Shown.seeingGrant(scene.role())));
        }
        if (!standby.streams()) {
            return Optional.of(new Trouble(
                    who + " does not stream, it is in state " + standby.state().orElseThrow(),
                    "wait until it has caught up: SELECT * FROM pg_stat_replication"));
        }
        if (!standby.there()) {
            return Optional.of(new Trouble(
                    who + " has not replayed what was written "
                            + Quantities.time(scene.limits().replicaLag()) + " ago: it is "
                            + Shown.bytes(standby.behind())
                            + " behind",
                    "find what holds its replay (a pause, a long query there), or raise [apply] replica_lag"));
        }
        return Optional.empty();
    }

    private static List<Trouble> absent(Replicas wanted, List<Standby> standbys) {
        return wanted.names().stream()
                .filter(name ->
                        standbys.stream().noneMatch(standby -> standby.name().equals(name)))
                .map(name -> new Trouble(
                        "standby " + Shown.text(name) + " is not connected",
                        "start it, or take it out of [apply] replicas"))
                .toList();
    }

    /// A standby that was there once and is to come back.
    private static List<Trouble> leftSlots(Session session) {
        return session.query(
                LEFT_SLOTS,
                row -> new Trouble(
                        "the standby of slot " + row.text("name") + " is not connected; the slot holds "
                                + Shown.bytes(row.number("bytes")) + " of WAL",
                        "connect it, or if it will not come back: SELECT pg_drop_replication_slot("
                                + Identifiers.literal(row.text("name")) + ")"));
    }
}
