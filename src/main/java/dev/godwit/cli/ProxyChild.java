package dev.godwit.cli;

import dev.godwit.command.ToolEnvironment;
import dev.godwit.problem.Problem;
import dev.godwit.source.Endpoint;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A command of the user's whose connections go through the gateway, by the variables that every client reads.
final class ProxyChild {
    private static final Duration LOOK = Duration.ofMillis(50);

    private ProxyChild() {}

    /// @param silent its output goes to the error stream, because a document of Godwit's own goes to the other
    /// @return its exit code
    static int run(List<String> command, Context context, Endpoint endpoint, boolean silent, ProxyStop stop) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(context.directory().toFile())
                .inheritIO();
        if (silent) {
            builder.redirectOutput(Redirect.PIPE);
        }
        point(builder.environment(), endpoint);
        Process process = start(builder, command.getFirst());
        Thread output = Thread.ofVirtual().start(() -> copy(process, context.terminal(), silent));
        while (process.isAlive()) {
            if (stop.within(LOOK)) {
                process.destroy();
            }
        }
        join(output);
        return process.exitValue();
    }

    private static void point(Map<String, String> environment, Endpoint endpoint) {
        new ToolEnvironment(endpoint).over(Map.copyOf(environment)).forEach((name, value) -> {
            if (value.isEmpty()) {
                environment.remove(name);
            } else {
                environment.put(name, value);
            }
        });
    }

    private static Process start(ProcessBuilder builder, String program) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw Problem.usage("the command cannot be started: " + e.getMessage())
                    .at(program)
                    .leaving("nothing was run")
                    .remedy("check its name and the PATH")
                    .raise();
        }
    }

    private static void copy(Process process, Terminal terminal, boolean silent) {
        if (silent) {
            process.inputReader().lines().forEach(terminal.err()::println);
        }
    }

    private static void join(Thread output) {
        try {
            output.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
