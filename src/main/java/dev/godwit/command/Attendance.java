package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Who waits for a command, and how long.
///
/// @param limit after which it is ended
/// @param lines told of each line that it prints, on either stream, as it comes
record Attendance(Optional<Duration> limit, Consumer<String> lines) {
    static final Attendance NONE = new Attendance(Optional.empty(), _ -> {});

    Attendance {
        requireNonNull(limit);
        requireNonNull(lines);
    }

    /// @throws dev.godwit.problem.GodwitException when the time is up
    void check(Duration spent) {
        if (limit.filter(time -> spent.compareTo(time) > 0).isPresent()) {
            throw Problem.stopped(
                            "the command did not end within " + limit.get().toSeconds() + " s")
                    .leaving("it and its connections are ended, what was not committed is rolled back")
                    .remedy("give it longer with --timeout, or see what it waits for: godwit proxy")
                    .raise();
        }
    }
}
