package dev.godwit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tools/jdk.sh`, run by the real shell over homes of JDKs that exist only by their names and versions.
class JdkDiscoveryTest {
    private static final String FIND = """
            . "$0"
            find_jdk ${1+"$1"} || { no_jdk; exit 2; }
            echo "$jdk $jdk_version"
            """;

    @TempDir
    Path directory;

    private Shell shell = new Shell(Path.of(""), Map.of());

    @BeforeEach
    void aMachineWithoutAnyJava() throws IOException {
        Files.createDirectories(directory.resolve("jvm"));
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String program : new String[] {"readlink", "sed", "mv"}) {
            program(bin.resolve(program), "exec /bin/" + program + " \"$@\"");
        }
        shell = new Shell(
                directory,
                Map.of(
                        "PATH",
                        bin.toString(),
                        "GODWIT_JVM_ROOT",
                        directory.resolve("jvm").toString()));
    }

    @Test
    void godwitJavaHomeComesBeforeJavaHome() throws Exception {
        Shell both = shell.with("GODWIT_JAVA_HOME", jdk("mine", "25.0.1")).with("JAVA_HOME", jdk("other", "26"));
        assertThat(found(both)).isEqualTo(directory.resolve("mine") + " 25.0.1");
    }

    @Test
    void javaHomeComesBeforePath() throws Exception {
        putOnPath(jdk("path", "26"));
        assertThat(found(shell.with("JAVA_HOME", jdk("home", "25.0.3")))).startsWith(directory.resolve("home") + " ");
    }

    @Test
    void pathComesBeforeTheJdksOfTheDistribution() throws Exception {
        putOnPath(jdk("path", "25"));
        jdk("jvm/newest", "27");
        assertThat(found(shell)).startsWith(directory.resolve("path") + " ");
    }

    @Test
    void olderThan25IsPassedOver() throws Exception {
        putOnPath(jdk("path", "1.8.0_392"));
        jdk("jvm/temurin", "25.0.3");
        Shell old = shell.with("GODWIT_JAVA_HOME", jdk("mine", "17.0.15")).with("JAVA_HOME", jdk("home", "24.0.2"));
        assertThat(found(old)).isEqualTo(directory.resolve("jvm/temurin") + " 25.0.3");
    }

    @Test
    void theNewestOfTheDistributionIsTaken() throws Exception {
        jdk("jvm/a-25", "25.0.3");
        jdk("jvm/b-27", "27");
        jdk("jvm/c-26", "26.0.1");
        assertThat(found(shell)).startsWith(directory.resolve("jvm/b-27") + " ");
    }

    @Test
    void aRuntimeWithoutCompilerIsNotAJdk() throws Exception {
        Files.delete(Path.of(jdk("jvm/runtime", "25.0.3"), "bin", "javac"));
        assertThat(find(shell).exit()).isEqualTo(2);
    }

    @Test
    void aShimOnPathIsAskedWhereItsJavaIs() throws Exception {
        String home = jdk("hidden", "25.0.2");
        program(directory.resolve("bin/java"), "echo '    java.home = " + home + "' >&2");
        assertThat(found(shell)).isEqualTo(home + " 25.0.2");
    }

    @Test
    void noneIsOneLineThatSaysHowToGetOne() throws Exception {
        Shell.Result result = find(shell.with("JAVA_HOME", jdk("home", "17.0.15")));
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out().lines())
                .singleElement()
                .asString()
                .contains("JDK 25", "17.0.15 in " + directory.resolve("home"), "install one", "GODWIT_JAVA_HOME");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theFindIsRememberedForTheSameEnvironmentOnly() throws Exception {
        String cache = directory.resolve("cache").toString();
        jdk("jvm/first", "25.0.3");
        assertThat(find(shell, cache).out()).startsWith(directory.resolve("jvm/first") + " ");
        jdk("jvm/newer", "26");
        assertThat(find(shell, cache).out()).startsWith(directory.resolve("jvm/first") + " ");
        assertThat(find(shell.with("JAVA_HOME", jdk("home", "25")), cache).out())
                .startsWith(directory.resolve("home") + " ");
    }

    @Test
    void aRememberedJdkThatIsGoneIsForgotten() throws Exception {
        String cache = directory.resolve("cache").toString();
        Path first = Path.of(jdk("jvm/first", "27"));
        jdk("jvm/second", "25");
        find(shell, cache);
        Files.delete(first.resolve("bin/java"));
        assertThat(find(shell, cache).out()).startsWith(directory.resolve("jvm/second") + " ");
    }

    private static String found(Shell shell) throws Exception {
        Shell.Result result = find(shell);
        assertThat(result.exit()).as(result.toString()).isZero();
        return result.out().strip();
    }

    private static Shell.Result find(Shell shell, String... cache) throws Exception {
        String script = Path.of("tools/jdk.sh").toAbsolutePath().toString();
        return cache.length == 0
                ? shell.run("/bin/sh", "-euc", FIND, script)
                : shell.run("/bin/sh", "-euc", FIND, script, cache[0]);
    }

    private String jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(directory.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        program(home.resolve("bin/java"), "exit 1");
        program(home.resolve("bin/javac"), "exit 1");
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\nLIBC=\"x\"\n");
        return home.toString();
    }

    private void putOnPath(String home) throws IOException {
        Files.createSymbolicLink(directory.resolve("bin/java"), Path.of(home, "bin", "java"));
    }

    private static void program(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
