package dev.godwit.staging.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A short command run to its end, both its outputs read as one text.
record Command(int exitCode, String output) {
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

    boolean succeeded() {
        return exitCode == 0;
    }

    static Command run(Path workingDirectory, List<String> words) throws IOException {
        ProcessBuilder builder = builder(workingDirectory, words).redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Command(Interruption.guard(process::waitFor), output.strip());
    }

    /// The child gets an environment of its own: `PG*` variables, passwords and locales of the user stay outside.
    static ProcessBuilder builder(Path workingDirectory, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(workingDirectory.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", DEFAULT_PATH);
        environment.clear();
        environment.putAll(Map.of("PATH", path, "LC_ALL", "C", "TZ", "UTC"));
        return builder;
    }

    static List<String> words(List<String> prefix, String... rest) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(rest));
        return words;
    }
}
