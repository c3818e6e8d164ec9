package dev.godwit.cli;

import dev.godwit.apply.Limits;
import dev.godwit.apply.Permit;
import dev.godwit.apply.Replicas;
import dev.godwit.cli.config.Key;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.execute.RetryPolicy;
import dev.godwit.problem.Problem;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is asked of production before it is changed in either direction, as flags, and what is to be gone through
/// although it is closed. Those that few ever type stand in `docs/gates.md` instead of the help.
final class GateOptions {
    @Option(names = "--apply-blocker-age", paramLabel = "TIME", hidden = true)
    private @Nullable String blockerAge;

    @Option(names = "--apply-cancel-blockers", paramLabel = "WHOM", hidden = true)
    private @Nullable String mayEnd;

    @Option(
            names = "--cancel-blockers",
            description = "end whom apply.cancel_blockers names when they hold what is needed")
    private boolean cancelBlockers;

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
        typed.put(Keys.BLOCKER_AGE, blockerAge);
        typed.put(Keys.CANCEL_BLOCKERS, mayEnd);
        typed.put(Keys.REPLICAS, replicas);
        typed.put(Keys.REPLICA_LAG, replicaLag);
        typed.put(Keys.DISK_FREE, diskFree);
        typed.put(Keys.DISK_UNKNOWN, diskUnknown);
        Map<String, @Nullable String> flags = named(typed);
        throttle.forEach((signal, limit) -> flags.put(Keys.THROTTLE.path(signal), limit));
        return flags;
    }

    static Map<String, @Nullable String> named(Map<Key<?>, @Nullable String> typed) {
        Map<String, @Nullable String> flags = new HashMap<>();
        typed.forEach((key, value) -> flags.put(key.name(), value));
        return flags;
    }

    RetryPolicy retryPolicy(Settings settings) {
        if (!cancelBlockers) {
            return RetryPolicy.DEFAULT;
        }
        return settings.find(Keys.CANCEL_BLOCKERS)
                .map(RetryPolicy.DEFAULT::withEnding)
                .orElseThrow(() -> Problem.usage("--cancel-blockers: nobody may be cancelled")
                        .leaving("production is as it was")
                        .remedy("say whom, in godwit.toml: [apply] cancel_blockers = \"role:report*, app:metabase\"")
                        .raise());
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
