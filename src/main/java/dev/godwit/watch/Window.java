package dev.godwit.watch;

import dev.godwit.watch.Reading.Events;
import dev.godwit.watch.Reading.Share;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happened in a stretch of time.
///
/// @param from ISO-8601
/// @param seconds that were seen: between two readings of the same counters
/// @param readings that had an answer
/// @param missed readings that had none
/// @param lastMiss why the last of them had none; empty when all had
/// @param restarts how often another server answered than before, or the same after a restart
/// @param resets how often the counters began anew on the same server
public record Window(
        String from,
        double seconds,
        int readings,
        int missed,
        String lastMiss,
        int restarts,
        int resets,
        List<Share> shares,
        List<Events> events,
        List<LevelTotal> levels) {
    public Window {
        shares = List.copyOf(shares);
        events = List.copyOf(events);
        levels = List.copyOf(levels);
    }

    /// @param highest value seen
    /// @param over readings above the limit
    /// @param longestRunSeconds the longest time in which every reading was above the limit
    public record LevelTotal(String name, double limit, double highest, int over, double longestRunSeconds) {}

    /// Everything that the server's counters hold, as a window that ends with the reading.
    static Window history(Reading reading) {
        double seconds = Math.max(
                0, (reading.at().toEpochMilli() - reading.countedSince().toEpochMilli()) / 1e3);
        String from = reading.countedSince().toString();
        return new Window(from, seconds, 1, 0, "", 0, 0, reading.shares(), reading.events(), List.of());
    }

    static Window empty(Instant at) {
        return new Window(at.toString(), 0, 0, 0, "", 0, 0, List.of(), List.of(), List.of());
    }

    Share share(String name) {
        return shares.stream()
                .filter(share -> share.name().equals(name))
                .findFirst()
                .orElse(new Share(name, 0, 0));
    }

    Optional<Events> events(String name) {
        return events.stream().filter(event -> event.name().equals(name)).findFirst();
    }

    /// @return the share of readings above the limit; 0 without readings
    double overShare(String name) {
        int over = levels.stream()
                .filter(level -> level.name().equals(name))
                .mapToInt(LevelTotal::over)
                .sum();
        return readings == 0 ? 0 : (double) over / readings;
    }
}
