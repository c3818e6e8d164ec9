package dev.godwit.watch;

import dev.godwit.watch.Reading.Events;
import dev.godwit.watch.Reading.Level;
import dev.godwit.watch.Reading.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds readings up to a window. Only the difference of two readings of the same counters counts: after a failover, a
/// restart or a reset the next difference is begun anew, and the time between is not watched time.
final class Recorder {
    private static final double MILLIS_A_SECOND = 1e3;

    private final Map<String, Share> shares = new LinkedHashMap<>();
    private final Map<String, Events> events = new LinkedHashMap<>();
    private final Map<String, Run> levels = new LinkedHashMap<>();
    private final List<Moment> series = new ArrayList<>();
    private @Nullable Instant from;
    private @Nullable Reading last;
    private double seconds;
    private int readings;
    private int missed;
    private String lastMiss = "";
    private int restarts;
    private int resets;

    Moment take(Reading reading) {
        Reading before = last;
        last = reading;
        readings++;
        Moment moment = new Moment(offset(reading.at()), new TreeMap<>());
        reading.levels().forEach(level -> take(level, reading.at(), moment));
        if (before != null && sameCounters(before, reading)) {
            seconds += secondsBetween(before.at(), reading.at());
            takeDifference(before, reading, moment);
        }
        series.add(moment);
        return moment;
    }

    Moment miss(Instant at, String why) {
        missed++;
        lastMiss = why;
        Moment moment = new Moment(offset(at), new TreeMap<>());
        series.add(moment);
        return moment;
    }

    private double offset(Instant at) {
        Instant first = from;
        if (first == null) {
            from = at;
            return 0;
        }
        return secondsBetween(first, at);
    }

    private static double secondsBetween(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / MILLIS_A_SECOND);
    }

    private boolean sameCounters(Reading before, Reading after) {
        if (!before.server().equals(after.server())) {
            restarts++;
            return false;
        }
        if (!before.countedSince().equals(after.countedSince()) || fell(before, after)) {
            resets++;
            return false;
        }
        return true;
    }

    private static boolean fell(Reading before, Reading after) {
        return after.shares().stream().anyMatch(share -> {
                    Share difference = share.minus(earlier(before, share));
                    return difference.events() < 0 || difference.population() < 0;
                })
                || after.events().stream()
                        .anyMatch(event -> event.minus(earlier(before, event)).count() < 0);
    }

    private static Share earlier(Reading before, Share share) {
        return before.shares().stream()
                .filter(other -> other.name().equals(share.name()))
                .findFirst()
                .orElse(share);
    }

    private static Events earlier(Reading before, Events event) {
        return before.events().stream()
                .filter(other -> other.name().equals(event.name()))
                .findFirst()
                .orElse(event);
    }

    private void takeDifference(Reading before, Reading after, Moment moment) {
        for (Share share : after.shares()) {
            Share difference = share.minus(earlier(before, share));
            shares.merge(share.name(), difference, Share::plus);
            moment.values().put(share.name(), difference.rate());
        }
        for (Events event : after.events()) {
            Events difference = event.minus(earlier(before, event));
            events.merge(event.name(), difference, Events::plus);
            moment.values().put(event.name(), (double) difference.count());
        }
    }

    private void take(Level level, Instant at, Moment moment) {
        levels.computeIfAbsent(level.name(), name -> new Run(level)).take(level, at);
        moment.values().put(level.name(), level.value());
    }

    Window window() {
        Instant begin = from;
        return new Window(
                begin == null ? "" : begin.toString(),
                seconds,
                readings,
                missed,
                lastMiss,
                restarts,
                resets,
                List.copyOf(shares.values()),
                List.copyOf(events.values()),
                levels.values().stream().map(Run::total).toList());
    }

    List<Moment> series() {
        return List.copyOf(series);
    }

    /// One level over time.
    private static final class Run {
        private final Level first;
        private double highest;
        private int over;
        private double longest;
        private @Nullable Instant since;

        Run(Level first) {
            this.first = first;
            this.highest = first.value();
        }

        void take(Level level, Instant at) {
            highest = Math.max(highest, level.value());
            if (!level.over()) {
                since = null;
                return;
            }
            over++;
            Instant begin = since == null ? at : since;
            since = begin;
            longest = Math.max(longest, secondsBetween(begin, at));
        }

        Window.LevelTotal total() {
            return new Window.LevelTotal(first.name(), first.limit(), highest, over, longest);
        }
    }
}
