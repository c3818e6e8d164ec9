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

    CliProject with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new CliProject(directory, more);
    }

    Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), Palette.PLAIN, false, false);
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
