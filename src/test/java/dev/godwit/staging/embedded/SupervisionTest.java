package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever ends the JVM, its server and its directory end too.
class SupervisionTest {
    @TempDir
    Path base;

    /// Otherwise root could not give its rights away.
    @BeforeEach
    void letEverybodyPassThrough() throws IOException {
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void killingTheJvmStopsTheServerAndRemovesItsDirectory() throws IOException {
        try (ChildJvm child = ChildJvm.start(environment(), "1", "wait")) {
            assertThat(Traces.workers(child.dataDirectory())).isNotEmpty();
            child.kill();
            Traces.awaitNone(child.dataDirectory());
        }
    }

    @Test
    void terminatingTheJvmStopsTheServerAndRemovesItsDirectory() throws IOException {
        try (ChildJvm child = ChildJvm.start(environment(), "1", "wait")) {
            child.terminate();
            Traces.awaitNone(child.dataDirectory());
        }
    }

    @Test
    void leavingWithoutClosingStopsTheServer() throws IOException {
        for (String way : List.of("exit", "return")) {
            try (ChildJvm child = ChildJvm.start(environment(), "1", way)) {
                Traces.awaitNone(child.dataDirectory());
            }
        }
    }

    @Test
    void twoClustersOfOneJvmEndWithIt() throws IOException {
        try (ChildJvm child = ChildJvm.start(environment(), "2", "wait")) {
            assertThat(child.dataDirectories()).hasSize(2).doesNotHaveDuplicates();
            child.kill();
            for (Path data : child.dataDirectories()) {
                Traces.awaitNone(data);
            }
        }
    }

    @Test
    void theDeathOfOneJvmLeavesTheClusterOfAnotherAlone() throws IOException {
        try (ChildJvm survivor = ChildJvm.start(environment(), "1", "wait");
                ChildJvm child = ChildJvm.start(environment(), "1", "wait")) {
            child.kill();
            Traces.awaitNone(child.dataDirectory());
            try (Cluster next = start()) {
                assertThat(Traces.workers(next.dataDirectory())).isNotEmpty();
                assertThat(Traces.workers(survivor.dataDirectory())).isNotEmpty();
            }
        }
    }

    @Test
    void theNextStartClearsWhatAKilledSupervisorCouldNot() throws IOException {
        try (ChildJvm child = ChildJvm.start(environment(), "1", "wait")) {
            killSupervisor(child.dataDirectory());
            child.kill();
            assertThat(child.dataDirectory()).exists();
            start().close();
            Traces.awaitNone(child.dataDirectory());
        }
    }

    @Test
    void theServerDoesNotOutliveItsSupervisor() throws IOException {
        try (Cluster cluster = start()) {
            killSupervisor(cluster.dataDirectory());
            Traces.awaitNoServer(cluster.dataDirectory());
        }
    }

    @Test
    void closingClearsWhatAKilledSupervisorCouldNot() throws IOException {
        Path data;
        try (Cluster cluster = start()) {
            data = cluster.dataDirectory();
            killSupervisor(data);
        }
        Traces.awaitNone(data);
    }

    @Test
    void terminatingTheSupervisorStopsTheServer() throws IOException {
        try (Cluster cluster = start()) {
            supervisor(cluster.dataDirectory()).destroy();
            Traces.awaitNone(cluster.dataDirectory());
        }
    }

    @Test
    void closingAfterTheServerWasKilledLeavesNothing() throws IOException {
        Path data;
        try (Cluster cluster = start()) {
            data = cluster.dataDirectory();
            long server = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
            ProcessHandle.of(server).orElseThrow().destroyForcibly();
            Traces.awaitNoServer(data);
            assertThat(data).exists();
        }
        Traces.awaitNone(data);
    }

    private Map<String, String> environment() {
        return Map.of("GODWIT_TMP", base.toString());
    }

    private Cluster start() {
        return Cluster.start(18, Map.of(), Surroundings.ofThisProcess().with(environment()));
    }

    private static void killSupervisor(Path data) throws IOException {
        ProcessHandle supervisor = supervisor(data);
        supervisor.destroyForcibly();
        supervisor.onExit().join();
    }

    private static ProcessHandle supervisor(Path data) throws IOException {
        return Traces.processes(data.resolveSibling("supervise.sh")).stream()
                .findFirst()
                .flatMap(ProcessHandle::of)
                .orElseThrow();
    }
}
