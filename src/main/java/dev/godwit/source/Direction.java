package dev.godwit.source;

import java.util.Locale;

/// Which way a migration is carried out.
public enum Direction {
    UP,
    DOWN;

    public Direction opposite() {
        return this == UP ? DOWN : UP;
    }

    /// @return `up` or `down`, as file names and flags spell it
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
