package dev.godwit.cli;

import java.nio.file.Path;
import java.util.Map;

/// What a command is given: where to write, the environment variables it may read, and where it stands.
///
/// @param directory the working directory, absolute; names typed on the command line are relative to it
record Context(Terminal terminal, Map<String, String> environment, Path directory) {
    /// @param name a file's name as typed
    Path file(String name) {
        return directory.resolve(name);
    }
}
