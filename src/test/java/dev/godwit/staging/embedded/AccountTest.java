package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As whom the server runs. Run as root, these cover all three ways; run as a plain user, the plain one.
class AccountTest {
    @TempDir
    Path base;

    @Test
    void aPlainUserRunsTheServerDirectly() throws IOException {
        assumeTrue(!Account.runningAsRoot(), "run by a plain user");
        try (Cluster cluster = Cluster.start(18, Map.of(), TestPlaces.in(base))) {
            assertThat(user(server(cluster))).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        }
    }

    @Test
    void rootGivesItsRightsAway() throws IOException {
        assumeTrue(Account.runningAsRoot(), "run by root");
        assumeTrue(!Nobody.find().reachable(List.of(Path.of("/"))).isEmpty(), "setpriv works");
        try (Cluster cluster = Cluster.start(18, Map.of(), TestPlaces.in(base))) {
            assertThat(user(server(cluster))).isEqualTo(Nobody.find().user());
            assertThat(Files.getAttribute(cluster.dataDirectory(), "unix:uid"))
                    .isEqualTo(Nobody.find().user());
        }
    }

    @Test
    void rootEntersANamespaceWhereNobodyElseMayGo() throws IOException {
        assumeTrue(Account.runningAsRoot(), "run by root");
        assumeTrue(!new Account.Namespace().reachable(List.of(base)).isEmpty(), "unshare works");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
        Path data;
        try (Cluster cluster = Cluster.start(18, Map.of(), TestPlaces.closed(base, Map.of()))) {
            data = cluster.dataDirectory();
            Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/user"));
            assertThat(Files.readSymbolicLink(server(cluster).resolve("ns/user")))
                    .isNotEqualTo(own);
        }
        Traces.awaitNone(data);
    }

    @Test
    void rootsPrivateCacheIsNoHindrance() throws IOException {
        assumeTrue(Account.runningAsRoot(), "run by root");
        Path cache = Files.createDirectory(
                base.resolve("cache"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Ground ground = Ground.choose(TestPlaces.in(base, Map.of("GODWIT_CACHE", cache.toString())), List.of(base));
        Path used = ground.cache().directory();
        assertThat(ground.account().reachable(List.of(used))).containsExactly(used);
    }

    @Test
    void aUserWithoutAHomeGetsACacheBelowVarTmp() throws IOException {
        Ground ground =
                Ground.choose(TestPlaces.in(base, Map.of("GODWIT_CACHE", "/proc/no-such/cache")), List.of(base));
        assertThat(ground.cache().directory()).isWritable();
        assertThat(ground.cache().directory().toString()).startsWith("/var/tmp/godwit-");
    }

    /// The whole way again as a plain user, who has nothing but a directory of his own.
    @Test
    void aPlainUserLeavesNothingEither() throws IOException {
        assumeTrue(Account.runningAsRoot(), "run by root");
        Account.Dropped nobody = Nobody.find();
        assumeTrue(!nobody.reachable(List.of(Path.of("/"))).isEmpty(), "setpriv works");
        TestPlaces.in(base);
        Path own = Files.createDirectory(base.resolve("own"));
        nobody.own(own);
        Map<String, String> environment =
                Map.of("GODWIT_TMP", own.toString(), "GODWIT_CACHE", own + "/cache", "HOME", "/nonexistent");
        try (ChildJvm child = ChildJvm.begin(nobody.prefix(), readableClassPath(), environment, "1", "wait")) {
            child.awaitReady();
            assertThat(Traces.workers(child.dataDirectory())).isNotEmpty();
            child.kill();
            Traces.awaitNone(child.dataDirectory());
        }
    }

    /// Copies of the classes, and of what of the class path a start needs, where everybody may read them.
    private String readableClassPath() throws IOException {
        Path copies = Files.createDirectory(base.resolve("classes"));
        List<String> copied = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.matches(
                    ".*(classes|commons-[a-z0-9]+-[^/]*\\.jar|xz-[^/]*\\.jar|postgres-binaries[^/]*\\.jar)")) {
                Path copy = copies.resolve(copied.size() + "-" + Path.of(entry).getFileName());
                Command.run(base, List.of("cp", "-rL", entry, copy.toString()));
                copied.add(copy.toString());
            }
        }
        Command.run(base, List.of("chmod", "-R", "a+rX", copies.toString()));
        return String.join(File.pathSeparator, copied);
    }

    private static Path server(Cluster cluster) throws IOException {
        String pid = Files.readAllLines(cluster.dataDirectory().resolve("postmaster.pid"))
                .getFirst();
        return Path.of("/proc", pid);
    }

    private static Object user(Path process) throws IOException {
        return Files.getAttribute(process, "unix:uid");
    }
}
