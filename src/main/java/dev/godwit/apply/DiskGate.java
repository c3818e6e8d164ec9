package dev.godwit.apply;

import dev.godwit.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// There is room for what the rehearsal took at its peak, and for its write-ahead log.
///
/// PostgreSQL tells nobody how much is free. So it is told by a setting, or looked up where the server's directory is
/// on
/// this machine and may be read; else the gate says that it does not know, and is no pass where it must know.
final class DiskGate implements LiveGate {
    static final String NAME = "disk";

    /// What is free must be a fifth more than what is needed: production is not staging.
    private static final double RESERVE = 1.2;

    /// Needing less than this is said, and no reason for a warning.
    private static final long LITTLE = 100L << 20;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Gate ask(Scene scene) {
        Optional<Evidence> evidence = scene.order().ownEvidence();
        if (evidence.isEmpty()) {
            return unknown(scene, Long.MAX_VALUE, "what it needs is unknown without a rehearsal");
        }
        WalKeepers keepers = WalKeepers.read(scene.session());
        long wal = inProduction(
                evidence.get(),
                evidence.get().statements().stream()
                        .mapToLong(Evidence.StatementMeasure::walBytes)
                        .sum());
        List<String> lost = keepers.losing(wal);
        if (!lost.isEmpty()) {
            return Gate.closed(
                    NAME,
                    "it writes about " + Shown.bytes(wal) + " of WAL, and " + Shown.list(lost),
                    "connect the slot's reader and let it catch up, raise max_slot_wal_keep_size, or drop the slot");
        }
        OptionalLong peak = evidence.get().peakBytes().stream()
                .mapToLong(bytes -> inProduction(evidence.get(), bytes))
                .findFirst();
        return peak.isEmpty()
                ? unknown(scene, Long.MAX_VALUE, "its rehearsal has not measured what it needs")
                : room(scene, new Need(peak.getAsLong(), keepers.kept(wal), keepers.why()));
    }

    private static long inProduction(Evidence evidence, long bytes) {
        double scale = evidence.staging().scale();
        return scale > 0 ? Math.round(bytes / scale) : bytes;
    }

    /// @param wal that stays until its readers or the archive have it
    /// @param why it stays longer than usual, a line each
    private record Need(long data, long wal, List<String> why) {
        long sum() {
            return Math.round((data + wal) * RESERVE);
        }

        String sentence() {
            List<String> parts = new ArrayList<>(
                    List.of("it needs about " + Shown.bytes(data) + " and " + Shown.bytes(wal) + " of WAL"));
            parts.addAll(why);
            return Shown.list(parts);
        }
    }

    private static Gate room(Scene scene, Need need) {
        Optional<Room> free = scene.limits().diskFree().isPresent()
                ? scene.limits().diskFree().map(bytes -> new Room(bytes, "by apply.disk_free"))
                : Room.onThisMachine(scene);
        if (free.isEmpty()) {
            return unknown(scene, need.sum(), need.sentence());
        }
        String found = need.sentence() + "; free are " + Shown.bytes(free.get().bytes()) + " "
                + Shown.text(free.get().source());
        return free.get().bytes() >= need.sum()
                ? Gate.open(NAME, found)
                : Gate.closed(
                        NAME,
                        found + ", and a fifth more than needed must be",
                        "make room on the server, or write the migration so that it needs less: godwit plan "
                                + scene.order().migration().id());
    }

    private static Gate unknown(Scene scene, long need, String sentence) {
        String reason = sentence + "; how much is free was not measured: PostgreSQL does not tell";
        String remedy =
                "give it by [apply] disk_free, or run godwit on the server's machine by an account that may read"
                        + " its data directory";
        if (scene.limits().diskMustBeKnown()) {
            return Gate.closed(NAME, reason, remedy);
        }
        return need < LITTLE ? Gate.open(NAME, reason) : Gate.warned(NAME, reason, remedy);
    }
}
