package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A framework's own command, ready to be started.
///
/// @param command program and arguments, with no secret in them: every user of the machine can read them
/// @param directory where it is started
/// @param environment what is set on top of Godwit's own environment; an empty value takes the variable away
public record Invocation(List<String> command, Path directory, Map<String, String> environment) {
    public Invocation {
        command = List.copyOf(command);
        requireNonNull(directory);
        environment = Map.copyOf(environment);
    }

    /// @return the command as a person would type it in the project's directory
    public String display() {
        return String.join(" ", command);
    }

    @Override
    public String toString() {
        return display();
    }

    /// What came of one.
    ///
    /// @param output what it printed on standard output
    /// @param errors what it printed on standard error
    public record Finished(int exitCode, String output, String errors) {
        public Finished {
            requireNonNull(output);
            requireNonNull(errors);
        }
    }
}
