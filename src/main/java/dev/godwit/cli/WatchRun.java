package dev.godwit.cli;

import dev.godwit.evidence.Verdict;
import dev.godwit.passage.Passage;
import dev.godwit.source.Migration;
import dev.godwit.watch.Baseline;
import dev.godwit.watch.Watch;
import dev.godwit.watch.WatchResult;
import dev.godwit.watch.WatchTarget;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Learns what is normal, and watches, with a line that counts the seconds.
record WatchRun(Passage passage, Terminal terminal, ProgressLine progress) {
    Baseline baseline(Duration time) {
        try (Watch watch = open()) {
            return Baseline.measure(
                    watch,
                    time,
                    (elapsed, total, _) -> progress.now(seconds("learning what is normal", elapsed, total)));
        } finally {
            progress.close();
        }
    }

    /// @param json nothing is printed but the document that follows
    WatchResult watch(List<Migration> migrations, Baseline before, Duration time, boolean json) {
        try (Watch watch = open()) {
            WatchResult result =
                    watch.run(before, time, (elapsed, total, _) -> progress.now(seconds("watching", elapsed, total)));
            migrations.forEach(migration -> passage.keepWatch(migration, result, time.toSeconds()));
            progress.close();
            if (!json) {
                terminal.print(text(result));
            }
            return result;
        }
    }

    Baseline history() {
        try (Watch watch = open()) {
            return watch.history();
        }
    }

    private Watch open() {
        return Watch.open(WatchTarget.of(passage.production().url()));
    }

    private static String seconds(String what, Duration elapsed, Duration total) {
        return what + ", " + elapsed.toSeconds() + " of " + total.toSeconds() + " s";
    }

    private String text(WatchResult result) {
        Palette palette = terminal.palette();
        String word = result.verdict().name().toLowerCase(Locale.ROOT);
        String painted = switch (result.verdict()) {
            case PASS -> palette.green(word);
            case FAIL -> palette.red(word);
            case INCONCLUSIVE -> palette.yellow(word);
        };
        return painted + "  watched " + Math.round(result.watched().seconds()) + " s\n  "
                + String.join("\n  ", result.reasons());
    }

    static int exitCode(WatchResult result) {
        return result.verdict() == Verdict.PASS ? ExitCode.OK : ExitCode.REFUSED;
    }
}
