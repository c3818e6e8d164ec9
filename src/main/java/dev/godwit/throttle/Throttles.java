package dev.godwit.throttle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// What a project lets hold a long piece of work up.
public record Throttles(List<ThrottleSignal.Limited> limited) {
    /// Nothing holds anything up.
    public static final Throttles NONE = new Throttles(List.of());

    private static final String OFF = "off";

    public Throttles {
        limited = List.copyOf(limited);
    }

    /// @return every kind of signal, by its id
    public static Map<String, ThrottleSignal> known() {
        Map<String, ThrottleSignal> known = new TreeMap<>();
        for (ThrottleSignal signal : ServiceLoader.load(ThrottleSignal.class)) {
            if (known.put(signal.id(), signal) != null) {
                throw new IllegalStateException("two signals have the id " + signal.id());
            }
        }
        return known;
    }

    /// @return that signal with that limit; empty when it is `off`
    /// @throws IllegalArgumentException says what is wrong with the limit
    public static Optional<ThrottleSignal.Limited> limited(ThrottleSignal signal, String limit) {
        return limit.strip().equals(OFF) ? Optional.empty() : Optional.of(signal.limited(limit));
    }

    /// @param given id to limit, or to `off`; what is not named has its standard limit
    /// @throws IllegalArgumentException says what is wrong with a limit
    public static Throttles of(Map<String, String> given) {
        List<ThrottleSignal.Limited> limited = new ArrayList<>();
        known().forEach((id, signal) -> Optional.ofNullable(given.get(id))
                .or(signal::standard)
                .flatMap(limit -> limited(signal, limit))
                .ifPresent(limited::add));
        return new Throttles(limited);
    }

    public Throttles and(ThrottleSignal.Limited other) {
        List<ThrottleSignal.Limited> more = new ArrayList<>(limited);
        more.add(other);
        return new Throttles(more);
    }

    /// @return to be closed when the work is over
    public Throttle on(LongWork work) {
        List<Signal> signals = new ArrayList<>();
        try {
            limited.forEach(one -> signals.add(one.watch(work)));
        } catch (RuntimeException e) {
            signals.forEach(Signal::close);
            throw e;
        }
        return new Throttle(signals);
    }
}
