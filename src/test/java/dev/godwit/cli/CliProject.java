package dev.godwit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A project in a directory of its own, and commands run in it, in process.
record CliProject(Path directory, Map<String, String> environment) {
    /// What one command wrote and ended with.
    record Outcome(int exitCode, String out, String err) {
        String all() {
            return out + err;
        }
    }

    static CliProject at(Path directory) {
        return new CliProject(directory, Map.of());
    }

    /// For tests that are not about stalls: on a busy machine even a migration that nobody waits for sees one.
    CliProject patient() {
        return with("GODWIT_STALL_BUDGET", "30s");
    }

    CliProject with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new CliProject(directory, more);
    }

    Outcome run(String... arguments) {
        return run(false, arguments);
    }

    /// As if both streams were a terminal.
    Outcome runOnTerminal(String... arguments) {
        return run(true, arguments);
    }

    private Outcome run(boolean onTerminal, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = Terminal.of(new PrintWriter(out), new PrintWriter(err), environment, onTerminal);
        int exitCode = Main.run(new Context(terminal, environment, directory), arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    CliProject write(String file, String content) {
        return write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    CliProject write(String file, byte[] content) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return the text of every file, by its place in the project: evidence, runbooks, settings
    Map<String, String> texts() {
        try (Stream<Path> files = Files.walk(directory)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(directory.relativize(file).toString(), Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return the migrations' files of one direction, in order, relative to the project
    List<String> files(String direction) {
        try (Stream<Path> files = Files.list(directory.resolve("migrations"))) {
            return files.map(path -> directory.relativize(path).toString())
                    .filter(name -> name.endsWith("." + direction + ".sql"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
