package dev.godwit.watch;

import dev.godwit.watch.Reading.Events;
import dev.godwit.watch.Reading.Share;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/// Whether events come more often than before. Of all events, before and after together, each falls into the time
/// after with a chance that the exposures alone give; too many there is the sign. Exact for any number of events, so
/// it is right for the few errors of a good system, where rank tests over samples see nothing.
///
/// Source: Przyborowski and Wilenski, "Homogeneity of results in testing samples from Poisson series", 1940.
///
/// @param before events of the baseline
/// @param exposureBefore what they could have happened in: transactions, or seconds
/// @param odds whether increases are measured on odds instead of rates: equal for rare events, and it still tells an
///     increase where an application rolls back most of its transactions in peace
record RateTest(long before, double exposureBefore, double exposureAfter, boolean odds) {
    /// The binomial takes an `int`; beyond it the baseline is scaled down, which only makes the test more careful.
    private static final long MOST_EVENTS = 1_000_000_000;

    private static final int BISECTIONS = 60;

    RateTest {
        if (exposureBefore <= 0 || exposureAfter <= 0) {
            throw new IllegalArgumentException(
                    "no exposure: " + exposureBefore + " before, " + exposureAfter + " after");
        }
        if (before > MOST_EVENTS) {
            exposureBefore *= (double) MOST_EVENTS / before;
            before = MOST_EVENTS;
        }
    }

    static RateTest ofShares(Share before, Share after) {
        return new RateTest(before.events(), before.population(), after.population(), true);
    }

    static RateTest ofEvents(Events before, double secondsBefore, double secondsAfter) {
        return new RateTest(before.count(), secondsBefore, secondsAfter, false);
    }

    /// @return the chance of this many events or more after, if nothing had changed
    double chance(long after) {
        if (after == 0) {
            return 1;
        }
        int events = Math.toIntExact(Math.min(after, MOST_EVENTS));
        double share = exposureAfter / (exposureBefore + exposureAfter);
        return BinomialDistribution.of(Math.toIntExact(before + events), share).survivalProbability(events - 1);
    }

    /// @return by how much the events come more often; infinite when they never came before
    double ratio(long after) {
        double rateBefore = before / exposureBefore;
        double rateAfter = after / exposureAfter;
        return odds ? toOdds(rateAfter) / toOdds(rateBefore) : rateAfter / rateBefore;
    }

    private static double toOdds(double share) {
        return share / Math.max(0, 1 - share);
    }

    boolean alarms(long after, Criteria criteria) {
        return after >= criteria.fewestEvents()
                && ratio(after) >= criteria.leastRatio()
                && chance(after) < criteria.alpha();
    }

    /// @return the fewest events after that raise the alarm; a billion when no number does
    private long fewestThatAlarm(Criteria criteria) {
        long tooFew = 0;
        long enough = criteria.fewestEvents();
        while (enough < MOST_EVENTS && !alarms(enough, criteria)) {
            tooFew = enough;
            enough = Math.min(MOST_EVENTS, enough * 2);
        }
        while (enough - tooFew > 1) {
            long middle = (tooFew + enough) / 2;
            if (alarms(middle, criteria)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough;
    }

    /// @return the smallest share of the population after that would raise the alarm with the power asked; 1 when not
    ///     even that would
    double leastNoticeableShare(Criteria criteria) {
        long needed = fewestThatAlarm(criteria);
        double unnoticed = 0;
        double noticed = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (unnoticed + noticed) / 2;
            if (power(middle, needed) >= criteria.power()) {
                noticed = middle;
            } else {
                unnoticed = middle;
            }
        }
        return noticed;
    }

    private double power(double share, long needed) {
        int population = Math.toIntExact(Math.min(Math.round(exposureAfter), MOST_EVENTS));
        return needed > population
                ? 0
                : BinomialDistribution.of(population, share).survivalProbability(Math.toIntExact(needed) - 1);
    }

    /// @return the share that a watch is asked to notice
    double askedShare(Criteria criteria) {
        double oddsAsked = criteria.noticeRatio() * toOdds(before / exposureBefore);
        double share = Double.isInfinite(oddsAsked) ? 1 : oddsAsked / (1 + oddsAsked);
        return Math.max(criteria.noticeShare(), share);
    }
}
