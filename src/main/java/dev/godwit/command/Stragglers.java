package dev.godwit.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Processes that a command has left behind: those that carry its mark in their environment. A daemon
/// has no parent to be found by.
///
/// @param mark the value of a variable that every process of one command inherits
record Stragglers(String mark) {
    static final String VARIABLE = "GODWIT_COMMAND";

    private static final Path PROCESSES = Path.of("/proc");

    static Stragglers marked() {
        return new Stragglers(UUID.randomUUID().toString());
    }

    /// @return those that are alive; none where the system does not tell
    List<ProcessHandle> alive() {
        if (!Files.isDirectory(PROCESSES)) {
            return List.of();
        }
        return ProcessHandle.allProcesses().filter(this::isMarked).toList();
    }

    private boolean isMarked(ProcessHandle process) {
        Path environment = PROCESSES.resolve(String.valueOf(process.pid())).resolve("environ");
        try {
            String text = Files.readString(environment, StandardCharsets.ISO_8859_1);
            return Stream.of(text.split("\0")).anyMatch((VARIABLE + "=" + mark)::equals);
        } catch (IOException _) {
            return false; // another user's, or gone
        }
    }
}
