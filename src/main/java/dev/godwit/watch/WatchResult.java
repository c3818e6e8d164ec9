package dev.godwit.watch;

import dev.godwit.evidence.Verdict;
import java.util.List;

/// The outcome of a watch with everything it rests on.
///
/// @param reasons why the verdict is what it is: of the failures, else of what is inconclusive, else what was seen
/// @param askedSeconds how long the watch was to last
public record WatchResult(
        Verdict verdict,
        List<String> reasons,
        double askedSeconds,
        Baseline baseline,
        Window watched,
        List<Finding> findings,
        List<Moment> series) {
    public WatchResult {
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
        series = List.copyOf(series);
    }
}
