package dev.godwit.cli;

import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.execute.Cancellation;
import dev.godwit.passage.Passage;
import dev.godwit.source.Migration;
import dev.godwit.source.Pending;
import dev.godwit.watch.Baseline;
import dev.godwit.watch.WatchResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// After against before.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Watch production for error spikes and lock waits, after against before.",
        footer = {"", "Example: godwit watch --for 5m"})
final class WatchCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(names = "--for", paramLabel = "TIME", description = "how long (default: 5m)")
    private @Nullable String time;

    @Option(
            names = "--baseline",
            paramLabel = "TIME",
            description = "measure what is normal now, for so long, instead of taking what the last apply measured")
    private @Nullable String baseline;

    WatchCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable String> flags = new HashMap<>();
        flags.put(Keys.WATCH.name(), time);
        flags.put(Keys.BASELINE.name(), baseline);
        Settings settings = project.settings(context, flags);
        Passage passage = ProjectOptions.passage(context, settings);
        Terminal terminal = project.common().terminal(context.terminal());
        try (ProgressLine progress = new ProgressLine(terminal);
                Interrupts _ = Interrupts.stopping(new Cancellation("godwit watch"))) {
            WatchRun run = new WatchRun(passage, terminal, progress);
            Optional<Migration> last = last(passage);
            Baseline normal = normal(settings, passage, run, last, terminal);
            boolean json = project.common().json();
            WatchResult result = run.watch(last.stream().toList(), normal, settings.require(Keys.WATCH), json);
            if (json) {
                terminal.print(EvidenceJson.write(result));
            }
            return WatchRun.exitCode(result);
        }
    }

    private static Optional<Migration> last(Passage passage) {
        List<Migration> applied = passage.production().applied().isEmpty()
                ? List.of()
                : Pending.of(
                                passage.production().migrations(),
                                passage.production().applied())
                        .applied();
        return applied.isEmpty() ? Optional.empty() : Optional.of(applied.getLast());
    }

    private Baseline normal(
            Settings settings, Passage passage, WatchRun run, Optional<Migration> last, Terminal terminal) {
        if (baseline != null) {
            return run.baseline(settings.require(Keys.BASELINE));
        }
        Optional<Baseline> kept = last.flatMap(passage::baseline);
        if (kept.isEmpty()) {
            terminal.note(
                    "no baseline was measured before the last migration: comparing with the server's own counters");
        }
        return kept.orElseGet(run::history);
    }
}
