package dev.godwit.watch;

import static dev.godwit.text.Quantities.count;
import static dev.godwit.watch.Wording.percent;
import static dev.godwit.watch.Wording.seconds;

import dev.godwit.evidence.Verdict;
import dev.godwit.watch.Reading.Events;
import dev.godwit.watch.Reading.Share;
import dev.godwit.watch.Window.LevelTotal;
import java.util.ArrayList;
import java.util.List;

/// Judges the watched window against the baseline. A pure function: the same windows give the same verdict.
///
/// One failure fails; what cannot be told is inconclusive; only what was seen and found normal passes.
public final class Judge {
    private final Baseline baseline;
    private final Window watched;
    private final double askedSeconds;
    private final Criteria criteria;

    private Judge(Baseline baseline, Window watched, double askedSeconds, Criteria criteria) {
        this.baseline = baseline;
        this.watched = watched;
        this.askedSeconds = askedSeconds;
        this.criteria = criteria;
    }

    /// @param askedSeconds how long the watch was to last
    public static List<Finding> judge(Baseline baseline, Window watched, double askedSeconds, Criteria criteria) {
        Judge judge = new Judge(baseline, watched, askedSeconds, criteria);
        List<Finding> findings = new ArrayList<>();
        findings.add(judge.coverage());
        watched.shares().forEach(share -> findings.add(judge.share(share)));
        watched.events().forEach(events -> findings.add(judge.events(events)));
        watched.levels().forEach(level -> findings.add(judge.level(level)));
        return List.copyOf(findings);
    }

    public static Verdict verdict(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAIL)) {
            return Verdict.FAIL;
        }
        boolean allPass = findings.stream().allMatch(finding -> finding.verdict() == Verdict.PASS);
        return allPass && !findings.isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    /// @return the texts of the findings that made the verdict
    public static List<String> reasons(List<Finding> findings) {
        Verdict verdict = verdict(findings);
        return findings.stream()
                .filter(finding -> finding.verdict() == verdict)
                .map(Finding::text)
                .toList();
    }

    private Finding coverage() {
        double share = askedSeconds <= 0 ? 0 : Math.min(1, watched.seconds() / askedSeconds);
        String text = "saw " + seconds(watched.seconds()) + " of " + seconds(askedSeconds);
        boolean noData = watched.readings() == 0 || watched.shares().isEmpty();
        if (noData || share < criteria.coverage()) {
            String why = watched.lastMiss().isEmpty() ? "" : ", last because " + watched.lastMiss();
            return finding("coverage", Verdict.INCONCLUSIVE, (noData ? "no data: " : "") + text + why, 1, share);
        }
        if (watched.restarts() > 0) {
            return finding("coverage", Verdict.INCONCLUSIVE, "the server restarted or failed over meanwhile", 1, share);
        }
        return finding("coverage", Verdict.PASS, text, 1, share);
    }

    private Finding share(Share after) {
        Share measured = baseline.measured().share(after.name());
        Share before = measured.population() > 0 ? measured : baseline.history().share(after.name());
        if (before.population() <= 0 || after.population() <= 0) {
            String when = after.population() <= 0 ? "while watched" : "in the baseline";
            String text = after.name() + " cannot be judged: no transaction " + when;
            return finding(after.name(), Verdict.INCONCLUSIVE, text, before.rate(), after.rate());
        }
        return share(before, after, RateTest.ofShares(before, after));
    }

    private Finding share(Share before, Share after, RateTest test) {
        String now = percent(after.rate()) + " of " + count(after.population()) + " transactions";
        String then = percent(before.rate()) + " before";
        double least = test.leastNoticeableShare(criteria);
        boolean blind = least >= 1 || least > test.askedShare(criteria);
        Verdict verdict =
                test.alarms(after.events(), criteria) ? Verdict.FAIL : blind ? Verdict.INCONCLUSIVE : Verdict.PASS;
        String text = after.name() + ": " + now + ", " + then;
        return new Finding(
                after.name(),
                verdict,
                verdict == Verdict.INCONCLUSIVE ? text + "; " + unnoticed(before, least, test) : text,
                before.rate(),
                after.rate(),
                test.chance(after.events()));
    }

    private String unnoticed(Share before, double least, RateTest test) {
        String fold = before.events() == 0 ? "" : ", " + Wording.fold(least / before.rate());
        return "too few to notice less than " + percent(least) + fold + " where " + percent(test.askedShare(criteria))
                + " is asked for: watch longer or under more traffic";
    }

    private Finding events(Events after) {
        Window window = baselineOf(after.name());
        Events before = window.events(after.name()).orElse(new Events(after.name(), 0));
        String text = after.name() + ": " + count(after.count()) + " in " + seconds(watched.seconds());
        if (window.seconds() <= 0 || watched.seconds() <= 0) {
            Verdict verdict = after.count() == 0 && watched.seconds() > 0 ? Verdict.PASS : Verdict.INCONCLUSIVE;
            return finding(after.name(), verdict, text + ", and no baseline", 0, (double) after.count());
        }
        RateTest test = RateTest.ofEvents(before, window.seconds(), watched.seconds());
        return new Finding(
                after.name(),
                test.alarms(after.count(), criteria) ? Verdict.FAIL : Verdict.PASS,
                text + ", " + count(before.count()) + " in " + seconds(window.seconds()) + " before",
                before.count() / window.seconds(),
                after.count() / watched.seconds(),
                test.chance(after.count()));
    }

    private Window baselineOf(String events) {
        Window history = baseline.history();
        boolean longer = history.seconds() > baseline.measured().seconds();
        return longer && history.events(events).isPresent() ? history : baseline.measured();
    }

    private Finding level(LevelTotal after) {
        double before = baseline.measured().overShare(after.name());
        double now = watched.overShare(after.name());
        boolean sustained = after.longestRunSeconds() >= criteria.sustainedSeconds();
        boolean worse = now >= criteria.leastRatio() * before;
        String text = after.name() + ": at most " + Wording.number(after.highest())
                + (after.over() == 0
                        ? ""
                        : ", too high for " + seconds(after.longestRunSeconds()) + " on end and in " + percent(now)
                                + " of the readings, " + percent(before) + " before");
        return finding(after.name(), sustained && worse ? Verdict.FAIL : Verdict.PASS, text, before, now);
    }

    private static Finding finding(String signal, Verdict verdict, String text, double before, double after) {
        return new Finding(signal, verdict, text, before, after, 1);
    }
}
