package dev.godwit.throttle;

import static java.util.Objects.requireNonNull;

/// What a signal shows when it is over its limit.
///
/// @param signal with whom it concerns, `lag of standby tokyo`
/// @param observed with its unit, `12.3 s`
/// @param op `>` or another comparison that holds between the two
/// @param limit with its unit
public record Reading(String signal, String observed, String op, String limit) {
    public Reading {
        requireNonNull(signal);
        requireNonNull(observed);
        requireNonNull(op);
        requireNonNull(limit);
    }

    public static Reading over(String signal, String observed, String limit) {
        return new Reading(signal, observed, ">", limit);
    }

    /// What cannot be measured is not known to be within its limit.
    public static Reading unknown(String signal, String why, String limit) {
        return new Reading(signal, "unknown, " + why + ",", "not <=", limit);
    }

    /// @return `lag of standby tokyo 12.3 s > 10 s`
    public String sentence() {
        return signal + " " + observed + " " + op + " " + limit;
    }
}
