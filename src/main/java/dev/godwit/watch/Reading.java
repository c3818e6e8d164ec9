package dev.godwit.watch;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The signals of one source at one moment. Counts grow from [#countedSince] on.
///
/// @param server changes when another server answers, or the same one after a restart
/// @param countedSince when the counters began; another value says that they began anew
public record Reading(
        Instant at, String server, Instant countedSince, List<Share> shares, List<Events> events, List<Level> levels) {
    public Reading {
        requireNonNull(at);
        requireNonNull(server);
        requireNonNull(countedSince);
        shares = List.copyOf(shares);
        events = List.copyOf(events);
        levels = List.copyOf(levels);
    }

    /// @return this reading with the signals of another source taken at the same time
    Reading with(Reading other) {
        return new Reading(
                at,
                server + " " + other.server,
                countedSince.isAfter(other.countedSince) ? countedSince : other.countedSince,
                both(shares, other.shares),
                both(events, other.events),
                both(levels, other.levels));
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /// Events among a population, as rollbacks among transactions.
    public record Share(String name, long events, long population) {
        double rate() {
            return population == 0 ? 0 : (double) events / population;
        }

        Share minus(Share earlier) {
            return new Share(name, events - earlier.events, population - earlier.population);
        }

        Share plus(Share later) {
            return new Share(name, events + later.events, population + later.population);
        }
    }

    /// Events that time is the only measure of, as deadlocks.
    public record Events(String name, long count) {
        Events minus(Events earlier) {
            return new Events(name, count - earlier.count);
        }

        Events plus(Events later) {
            return new Events(name, count + later.count);
        }
    }

    /// Something that is high or not, as the longest wait.
    ///
    /// @param limit above which it is too high
    public record Level(String name, double value, double limit) {
        boolean over() {
            return value > limit;
        }
    }
}
