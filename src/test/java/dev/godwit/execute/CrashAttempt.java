package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.problem.GodwitException;
import dev.godwit.source.Direction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// One Godwit at work on the crash test's migration.
sealed interface CrashAttempt {
    boolean running();

    /// -9, and returns when it is gone.
    void kill();

    /// Asked when it runs no more.
    ///
    /// @return what a person reads who started it; empty when it came to its end, and when it was killed
    Optional<String> complaint();

    /// In this JVM, for deaths that leave the process alive.
    static CrashAttempt inside(CrashScene scene, Direction direction) {
        String url = scene.relayedUrl();
        return new Inside(
                CompletableFuture.runAsync(() -> CrashApplication.run(url, direction), Thread.ofVirtual()::start));
    }

    /// @param future of a run
    record Inside(CompletableFuture<Void> future) implements CrashAttempt {
        @Override
        public boolean running() {
            return !future.isDone();
        }

        @Override
        public void kill() {
            throw new IllegalStateException("only a process can be killed");
        }

        /// Whatever happens, it is said as every error is: what, and what to do.
        @Override
        public Optional<String> complaint() {
            try {
                future.join();
                return Optional.empty();
            } catch (CompletionException e) {
                if (e.getCause() instanceof GodwitException godwit) {
                    assertThat(godwit.problem().remedy())
                            .as("%s", godwit.problem())
                            .isNotBlank();
                    return Optional.of(
                            godwit.problem().what() + " | " + godwit.problem().remedy());
                }
                throw e;
            }
        }
    }

    /// @param process waits for its order from the moment that it was started
    record Outside(Process process) implements CrashAttempt {
        static Outside started() {
            try {
                return new Outside(new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "-cp",
                                ManagementFactory.getRuntimeMXBean().getClassPath(),
                                CrashApplication.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Outside ordered(CrashScene scene, Direction direction) {
            try {
                BufferedReader output =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                awaitLine(output, "ready");
                try (OutputStream input = process.getOutputStream()) {
                    input.write((direction + " " + scene.url()).getBytes(StandardCharsets.UTF_8));
                }
                awaitLine(output, "begun");
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void awaitLine(BufferedReader output, String word) throws IOException {
            String line = output.readLine();
            if (!word.equals(line)) {
                throw new IllegalStateException("the child said " + line + " instead of " + word);
            }
        }

        @Override
        public boolean running() {
            return process.isAlive();
        }

        @Override
        public void kill() {
            process.destroyForcibly();
            Await.until(() -> !process.isAlive());
        }

        @Override
        public Optional<String> complaint() {
            assertThat(process.exitValue()).as("0 is done, 137 is killed").isIn(0, 137);
            return Optional.empty();
        }
    }
}
