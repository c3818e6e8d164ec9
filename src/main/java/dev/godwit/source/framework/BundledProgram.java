package dev.godwit.source.framework;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A framework for the JVM that Godwit brings along: its jars lie in `frameworks/<name>` beside Godwit's own classes or
/// jar, apart from Godwit's class path, and run in a JVM of their own.
///
/// @param directory where the jars are
/// @param mainClass the class that the framework's own launcher starts
/// @param title for people
record BundledProgram(Path directory, String mainClass, String title) {
    BundledProgram {
        requireNonNull(directory);
    }

    static BundledProgram of(String name, String mainClass, String title) {
        return new BundledProgram(home().resolve("frameworks").resolve(name), mainClass, title);
    }

    /// A migration is a short run: a small collector and the quick compiler alone start faster.
    List<String> command() {
        if (!Files.isDirectory(directory)) {
            throw missing().raise();
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                directory.resolve("*").toString(),
                mainClass);
    }

    private Problem missing() {
        return Problem.usage("Godwit's own copy of " + title + " is not there")
                .at(directory.toString())
                .remedy("build Godwit again, or put the program " + title.toLowerCase(Locale.ROOT) + " on the PATH");
    }

    private static Path home() {
        try {
            Path code = Path.of(BundledProgram.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.toAbsolutePath().resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path holds what is no URI", e);
        }
    }
}
