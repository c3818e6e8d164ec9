package dev.godwit.staging.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A JVM of its own that runs [ClusterChild], so that a test can kill it.
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final List<Path> dataDirectories = new ArrayList<>();

    private ChildJvm(Process process) {
        this.process = process;
    }

    static ChildJvm start(Map<String, String> environment, String... arguments) throws IOException {
        ChildJvm child = begin(environment, arguments);
        child.awaitReady();
        return child;
    }

    /// Does not wait until its clusters run; [#awaitReady] does.
    static ChildJvm begin(Map<String, String> environment, String... arguments) throws IOException {
        return begin(List.of(), System.getProperty("java.class.path"), environment, arguments);
    }

    /// @param prefix words before `java`, to run it as somebody else
    static ChildJvm begin(List<String> prefix, String classPath, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(prefix);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        words.addAll(List.of(java, "-Xmx200m", "-cp", classPath, ClusterChild.class.getName()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(new File("/")).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    void awaitReady() throws IOException {
        List<String> said = new ArrayList<>();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null && !line.equals("ready"); line = output.readLine()) {
            said.add(line);
        }
        said.stream().filter(line -> line.startsWith("/")).map(Path::of).forEach(dataDirectories::add);
        if (dataDirectories.isEmpty()) {
            throw new IllegalStateException("the child JVM started no cluster: " + said);
        }
    }

    List<Path> dataDirectories() {
        return dataDirectories;
    }

    Path dataDirectory() {
        return dataDirectories.getFirst();
    }

    /// Ends it as Ctrl-C or an operator would.
    void terminate() {
        process.destroy();
        process.onExit().join();
    }

    /// Ends it as the kernel would when memory is short: nothing in it runs any more.
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
