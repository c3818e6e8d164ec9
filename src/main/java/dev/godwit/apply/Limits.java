package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much of what production shows is too much.
///
/// @param blockerAge of a transaction that is in the way
public record Limits(Duration blockerAge) {
    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(5));

    public Limits {
        requireNonNull(blockerAge);
    }
}
