package dev.godwit.command;

import static java.util.Objects.requireNonNull;

/// One statement as a framework sent it.
///
/// @param connection which of the run's connections
/// @param inBlock whether a transaction block was open when it came
/// @param leavesBlock whether one is open after it
public record Heard(long connection, String sql, boolean inBlock, boolean leavesBlock, boolean failed) {
    public Heard {
        requireNonNull(sql);
    }
}
