package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
    private static final String ANOTHER_NAMESPACE = "pid:[1]";

    @TempDir
    Path base;

    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(base.resolve(ClusterDirectory.PREFIX + "18-1"));
    }

    @Test
    void oursIsNotAbandoned() throws IOException {
        try (Ownership ours = Ownership.take(directory)) {
            assertThat(ours).isNotNull();
            assertThat(Ownership.abandoned(directory)).isFalse();
        }
    }

    @Test
    void aProcessThatEndedOwnsNothing() throws IOException {
        Process process = new ProcessBuilder("cat").start();
        String owner = ProcessIdentity.of(process.pid()).line();
        Files.writeString(directory.resolve("owner"), owner);
        assertThat(Ownership.abandoned(directory)).isFalse();
        process.destroyForcibly();
        process.onExit().join();
        assertThat(Ownership.abandoned(directory)).isTrue();
    }

    @Test
    void anotherProcessWithTheSameNumberOwnsNothing() throws IOException {
        ProcessIdentity me = ProcessIdentity.of(ProcessHandle.current().pid());
        owner(new ProcessIdentity(me.boot(), me.namespace(), me.pid(), "1"));
        assertThat(Ownership.abandoned(directory)).isTrue();
    }

    @Test
    void nothingOutlivesARestartOfTheMachine() throws IOException {
        ProcessIdentity me = ProcessIdentity.of(ProcessHandle.current().pid());
        owner(new ProcessIdentity("an-earlier-boot", me.namespace(), me.pid(), me.startTicks()));
        assertThat(Ownership.abandoned(directory)).isTrue();
    }

    @Test
    void aDirectoryThatIsBeingMadeIsLeftAlone() throws IOException {
        assertThat(Ownership.abandoned(directory)).isFalse();
        FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        Files.setLastModifiedTime(directory, yesterday);
        assertThat(Ownership.abandoned(directory)).isTrue();
    }

    /// A container's processes have numbers of their own; the kernel's lock reaches across.
    @Test
    void theOwnerInAnotherContainerIsKnownByItsLock() throws IOException {
        TestPlaces.in(base);
        try (ChildJvm child = ChildJvm.start(Map.of("GODWIT_TMP", base.toString()), "1", "wait")) {
            Path theirs = child.dataDirectory().resolveSibling(".").normalize();
            Path owner = theirs.resolve("owner");
            String here = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            Files.writeString(owner, Files.readString(owner).replace(here, ANOTHER_NAMESPACE));
            assertThat(Ownership.abandoned(theirs)).isFalse();
            Path left = Files.createDirectory(base.resolve("godwit-pg18-left"));
            Files.copy(owner, left.resolve("owner"));
            Files.createFile(left.resolve("lock"));
            assertThat(Ownership.abandoned(left)).isTrue();
        }
    }

    private void owner(ProcessIdentity identity) throws IOException {
        Files.writeString(directory.resolve("owner"), identity.line() + "\n");
    }
}
