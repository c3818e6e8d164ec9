package dev.godwit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.execute.Cancellation;
import dev.godwit.problem.GodwitException;
import dev.godwit.source.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    @TempDir
    Path directory;

    private Invocation.Finished run(Cancellation cancellation, Map<String, String> environment, String... command) {
        return Child.run(new Invocation(List.of(command), directory, environment), cancellation);
    }

    @Test
    void outputErrorsAndExitCodeAreKept() {
        Invocation.Finished finished = run(
                new Cancellation("again"), Map.of("SECRET", "x"), "sh", "-c", "echo out$SECRET; echo err >&2; exit 7");
        assertThat(finished).isEqualTo(new Invocation.Finished(7, "outx\n", "err\n"));
    }

    @Test
    void anEmptyValueTakesTheVariableAway() {
        assertThat(run(new Cancellation("again"), Map.of("PATH_INFO", "", "HOME", ""), "sh", "-c", "echo ${HOME-none}")
                        .output())
                .isEqualTo("none\n");
    }

    @Test
    void muchOutputBlocksNobody() {
        Invocation.Finished finished =
                run(new Cancellation("again"), Map.of(), "sh", "-c", "head -c 20000000 /dev/zero | tr '\\0' x");
        assertThat(finished.exitCode()).isZero();
        assertThat(finished.output()).hasSize(4 << 20);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> run(new Cancellation("again"), Map.of(), "no-such-framework", "migrate"))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("no-such-framework cannot be started");
    }

    @Test
    void aStopEndsTheChildAndItsChildren() throws IOException, InterruptedException {
        Cancellation cancellation = new Cancellation("godwit apply 1");
        Path pid = directory.resolve("pid");
        Thread stopper = Thread.ofVirtual().start(() -> {
            while (!Files.exists(pid)) {
                Thread.onSpinWait();
            }
            cancellation.request();
        });
        assertThatThrownBy(() ->
                        run(cancellation, Map.of(), "sh", "-c", "sleep 60 & echo $! > pid.tmp; mv pid.tmp pid; wait"))
                .isInstanceOf(GodwitException.class);
        stopper.join();
        long child = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
