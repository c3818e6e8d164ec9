package dev.godwit.command;

import dev.godwit.execute.Cancellation;
import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A framework's command as a child process: its output kept, its descendants ended with it.
final class Child {
    /// More than a framework prints for one migration; what lies beyond it is read and dropped, so that the command
    /// never waits for a reader.
    private static final int MOST_BYTES = 4 << 20;

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Child() {}

    /// @throws dev.godwit.problem.GodwitException when the program cannot be started, and when a stop is asked for
    static Invocation.Finished run(Invocation invocation, Cancellation cancellation) {
        return run(invocation, cancellation, Attendance.NONE);
    }

    /// @throws dev.godwit.problem.GodwitException also when it takes longer than the attendance allows
    static Invocation.Finished run(Invocation invocation, Cancellation cancellation, Attendance attendance) {
        Stragglers stragglers = Stragglers.marked();
        Process process = start(invocation, stragglers);
        Drain output = Drain.of(process.getInputStream(), attendance.lines());
        Drain errors = Drain.of(process.getErrorStream(), attendance.lines());
        long began = System.nanoTime();
        try {
            closeInput(process);
            while (process.isAlive()) {
                cancellation.pause(LOOK);
                attendance.check(Duration.ofNanos(System.nanoTime() - began));
            }
        } finally {
            end(process);
            endLeftBehind(stragglers.alive(), attendance);
        }
        return new Invocation.Finished(process.exitValue(), output.text(), errors.text());
    }

    /// A command that ended at once has closed its own end.
    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Process start(Invocation invocation, Stragglers stragglers) {
        ProcessBuilder builder = new ProcessBuilder(invocation.command())
                .directory(invocation.directory().toFile());
        Map<String, String> environment = builder.environment();
        invocation.environment().forEach((name, value) -> {
            if (value.isEmpty()) {
                environment.remove(name);
            } else {
                environment.put(name, value);
            }
        });
        environment.put(Stragglers.VARIABLE, stragglers.mark());
        try {
            return builder.start();
        } catch (IOException e) {
            String program = invocation.command().getFirst();
            throw Problem.usage(program + " cannot be started: " + e.getMessage())
                    .at(invocation.directory().toString())
                    .leaving("nothing was run")
                    .remedy("install it, or make it executable; Godwit runs: " + invocation.display())
                    .raise();
        }
    }

    private static void end(Process process) {
        if (!process.isAlive()) {
            return;
        }
        endAll(Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList());
    }

    private static void endLeftBehind(List<ProcessHandle> left, Attendance attendance) {
        if (!left.isEmpty()) {
            attendance.lines().accept("(the command left " + left.size() + " processes behind; they are ended)");
            endAll(left);
        }
    }

    private static void endAll(List<ProcessHandle> family) {
        family.forEach(ProcessHandle::destroy);
        if (!gone(family)) {
            family.forEach(ProcessHandle::destroyForcibly);
            gone(family);
        }
    }

    /// @return whether all have ended within the time that is given them
    private static boolean gone(List<ProcessHandle> family) {
        CompletableFuture<?>[] ends = family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Reads a stream to its end on a thread of its own.
    private record Drain(Thread thread, ByteArrayOutputStream kept) {
        static Drain of(InputStream stream, Consumer<String> lines) {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            Lines split = new Lines(lines);
            return new Drain(Thread.ofVirtual().start(() -> read(stream, kept, split)), kept);
        }

        /// A process that is ended takes its pipes with it: what came until then counts.
        private static void read(InputStream stream, ByteArrayOutputStream kept, Lines lines) {
            byte[] buffer = new byte[8192];
            try (stream) {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    kept.write(buffer, 0, Math.min(n, MOST_BYTES - Math.min(MOST_BYTES, kept.size())));
                    lines.add(buffer, n);
                }
                lines.end();
            } catch (IOException e) {
                kept.writeBytes(("\n(output cut off: " + e.getMessage() + ")").getBytes(StandardCharsets.UTF_8));
            }
        }

        /// Where a process that is not known holds the pipe open, nobody waits for it.
        String text() {
            try {
                thread.join(GRACE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return kept.toString(StandardCharsets.UTF_8);
        }
    }

    /// Hands output on line by line as it comes.
    private static final class Lines {
        private static final int LONGEST = 1 << 16;

        private final Consumer<String> lines;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Consumer<String> lines) {
            this.lines = lines;
        }

        void add(byte[] buffer, int length) {
            for (int i = 0; i < length; i++) {
                if (buffer[i] == '\n' || line.size() >= LONGEST) {
                    end();
                }
                if (buffer[i] != '\n') {
                    line.write(buffer[i]);
                }
            }
        }

        void end() {
            if (line.size() > 0) {
                lines.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
                line.reset();
            }
        }
    }
}
