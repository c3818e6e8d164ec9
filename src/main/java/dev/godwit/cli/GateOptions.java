package dev.godwit.cli;

import dev.godwit.apply.Limits;
import dev.godwit.apply.Permit;
import dev.godwit.apply.Replicas;
import dev.godwit.cli.config.Key;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.problem.Problem;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The settings of the gates as flags, and what is to be gone through although it is closed. Those that few ever type
/// stand in `docs/gates.md` instead of the help.
final class GateOptions {
    @Option(
            names = "--apply-window",
            paramLabel = "WINDOW",
            description = "when, such as \"22:00-05:00 Europe/Berlin\"")
    private @Nullable String window;

    @Option(names = "--apply-approvals", paramLabel = "WHEN", description = "a second person: high, always or never")
    private @Nullable String approvals;

    @Option(names = "--apply-evidence-age", paramLabel = "TIME", hidden = true)
    private @Nullable String evidenceAge;

    @Option(names = "--apply-blocker-age", paramLabel = "TIME", hidden = true)
    private @Nullable String blockerAge;

    @Option(names = "--apply-replicas", paramLabel = "NAMES", hidden = true)
    private @Nullable String replicas;

    @Option(names = "--apply-replica-lag", paramLabel = "TIME", hidden = true)
    private @Nullable String replicaLag;

    @Option(names = "--apply-disk-free", paramLabel = "SIZE", hidden = true)
    private @Nullable String diskFree;

    @Option(names = "--apply-disk-unknown", paramLabel = "WHAT", hidden = true)
    private @Nullable String diskUnknown;

    @Option(
            names = "--throttle",
            paramLabel = "SIGNAL=LIMIT",
            description = "over which limit a backfill rests; see docs/backfill.md")
    private Map<String, String> throttle = Map.of();

    @Option(
            names = "--waive",
            paramLabel = "GATE=REASON",
            description = "go through a closed gate; the ledger keeps the reason")
    private Map<String, String> waived = Map.of();

    /// @return those that were typed
    Map<String, @Nullable String> flags() {
        Map<Key<?>, @Nullable String> typed = new HashMap<>();
        typed.put(Keys.WINDOW, window);
        typed.put(Keys.APPROVALS, approvals);
        typed.put(Keys.EVIDENCE_AGE, evidenceAge);
        typed.put(Keys.BLOCKER_AGE, blockerAge);
        typed.put(Keys.REPLICAS, replicas);
        typed.put(Keys.REPLICA_LAG, replicaLag);
        typed.put(Keys.DISK_FREE, diskFree);
        typed.put(Keys.DISK_UNKNOWN, diskUnknown);
        Map<String, @Nullable String> flags = new HashMap<>();
        typed.forEach((key, value) -> flags.put(key.name(), value));
        throttle.forEach((signal, limit) -> flags.put(Keys.THROTTLE.path(signal), limit));
        return flags;
    }

    Permit permit(Settings settings) {
        waived.forEach((gate, reason) -> {
            if (reason.isBlank()) {
                throw Problem.usage("--waive " + gate + " gives no reason")
                        .leaving("production is as it was")
                        .remedy("write --waive \"" + gate + "=REASON\": the ledger keeps it")
                        .raise();
            }
        });
        return new Permit(
                settings.find(Keys.WINDOW),
                Permit.SecondPerson.valueOf(settings.require(Keys.APPROVALS).toUpperCase(Locale.ROOT)),
                new Limits(
                        settings.require(Keys.EVIDENCE_AGE),
                        settings.require(Keys.BLOCKER_AGE),
                        Replicas.parse(settings.require(Keys.REPLICAS)),
                        settings.require(Keys.REPLICA_LAG),
                        settings.find(Keys.DISK_FREE),
                        settings.require(Keys.DISK_UNKNOWN).equals("refuse")),
                ProjectOptions.throttles(settings),
                waived,
                InstantSource.system());
    }
}
