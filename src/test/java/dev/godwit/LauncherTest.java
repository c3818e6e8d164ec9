package dev.godwit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real `./godwit` in a small tree of its own, built by the real Maven: everything but what Godwit itself does.
class LauncherTest {
    @TempDir
    static Path directory;

    private static Path tree = Path.of("");
    private static Shell shell = new Shell(Path.of(""), Map.of());

    @BeforeAll
    static void builtOnFirstUse() throws Exception {
        tree = directory.resolve("a tree's place");
        copy(Path.of("src/test/resources/launcher"), tree);
        copy(Path.of("tools"), tree.resolve("tools"));
        Files.copy(Path.of("godwit"), tree.resolve("godwit"));
        shell = new Shell(
                tree,
                Map.of(
                        "PATH",
                        System.getenv("PATH"),
                        "HOME",
                        System.getenv("HOME"),
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        Shell.Result first = shell.run("./godwit", "edition");
        assertThat(first.err()).isEqualTo("godwit: building (first use, about a minute)\n");
        assertThat(first).isEqualTo(new Shell.Result(0, "first edition\n", first.err()));
    }

    @Test
    void theSecondUseSaysNothing() throws Exception {
        assertThat(shell.run("./godwit", "x")).isEqualTo(new Shell.Result(0, "[x]\n", ""));
    }

    @Test
    void everyArgumentArrivesAsItWasTyped() throws Exception {
        String[] awkward = {"./godwit", "", "a b", "it's", "\"quoted\"", "two\nlines", "*", "$HOME", "\\", "--", "-é"};
        String expected = String.join(
                        "\n", Stream.of(awkward).skip(1).map(a -> "[" + a + "]").toList()) + "\n";
        assertThat(shell.run(awkward).out()).isEqualTo(expected);
    }

    @Test
    void theExitCodeIsGodwits() throws Exception {
        for (int code : new int[] {0, 1, 2, 3, 4, 5}) {
            assertThat(shell.run("./godwit", "exit", String.valueOf(code)).exit())
                    .isEqualTo(code);
        }
    }

    @Test
    void theWorkingDirectoryStaysThatOfTheCaller() throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("else where"));
        Shell.Result result = shell.in(elsewhere).run(tree.resolve("godwit").toString(), "directory");
        assertThat(result.out().strip()).isEqualTo(elsewhere.toRealPath().toString());
    }

    @Test
    void itStartsThroughSymbolicLinksRelativeAndAbsolute() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("absolute"), tree.resolve("godwit"));
        Files.createSymbolicLink(bin.resolve("relative"), Path.of("../a tree's place/godwit"));
        Files.createSymbolicLink(bin.resolve("chained"), Path.of("relative"));
        for (String name : List.of("absolute", "relative", "chained")) {
            assertThat(shell.in(bin).run("./" + name, name).out()).isEqualTo("[" + name + "]\n");
            assertThat(shell.with("PATH", bin + ":" + System.getenv("PATH"))
                            .in(directory)
                            .run("sh", "-c", name + " x")
                            .out())
                    .as(name + " on PATH")
                    .isEqualTo("[x]\n");
        }
    }

    @Test
    void aSignalReachesGodwitItself() throws Exception {
        // a shell's background job ignores Ctrl-C, and so would all that it starts
        Process process = shell.start("env", "--default-signal=INT", "./godwit", "wait");
        try {
            assertThat(Shell.firstLine(process)).isEqualTo("waiting");
            assertThat(process.info().command().orElseThrow()).endsWith("/bin/java");
            assertThat(process.children()).isEmpty();
            shell.run("kill", "-INT", String.valueOf(process.pid()));
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void standardInputIsLeftToGodwit() throws Exception {
        Shell.Result result = shell.run("sh", "-c", "echo kept | { ./godwit x; cat; }");
        assertThat(result.out()).isEqualTo("[x]\nkept\n");
    }

    @Test
    void anAotCacheThatDoesNotFitIsPassedOverInSilence() throws Exception {
        try (Stream<Path> files = Files.walk(tree.resolve("target/app"))) {
            Path cache = files.filter(file -> file.toString().endsWith(".aot"))
                    .findAny()
                    .orElseThrow();
            assertThat(cache).isNotEmptyFile();
            Files.writeString(cache, "not a cache");
        }
        assertThat(shell.run("./godwit", "x")).isEqualTo(new Shell.Result(0, "[x]\n", ""));
    }

    @Test
    void withoutAJdkItSaysSoInOneLine() throws Exception {
        Path nothing = Files.createDirectories(directory.resolve("nothing"));
        Shell bare = new Shell(tree, Map.of("PATH", nothing.toString(), "GODWIT_JVM_ROOT", nothing.toString()));
        Shell.Result result = bare.run("./godwit", "edition");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err().lines()).singleElement().asString().startsWith("godwit: needs a JDK 25 or newer");
    }

    @Test
    void anEditAnAdditionAndARemovalAreRebuiltOnceForTwoTerminalsAndFailuresShown() throws Exception {
        Path main = tree.resolve("src/main/java/dev/godwit/cli/Main.java");
        Path edition = main.resolveSibling("Edition.java");
        Files.writeString(main, Files.readString(main).replace("\"first edition\"", "Edition.NAME"));
        assertBuildFails();

        Files.writeString(edition, "package dev.godwit.cli; class Edition { static final String NAME = \"second\"; }");
        Process one = shell.start("./godwit", "edition");
        Process two = shell.start("./godwit", "edition");
        assertThat(Shell.firstLine(one)).isEqualTo("second");
        assertThat(Shell.firstLine(two)).isEqualTo("second");
        assertThat(List.of(Shell.errors(one), Shell.errors(two)))
                .containsExactlyInAnyOrder(
                        "godwit: rebuilding, sources changed\n", "godwit: waiting for the build in another terminal\n");

        Files.delete(edition);
        assertBuildFails();
        Files.writeString(main, Files.readString(main).replace("Edition.NAME", "\"first edition\""));
    }

    private static void assertBuildFails() throws Exception {
        Shell.Result broken = shell.run("./godwit", "edition");
        assertThat(broken.exit()).isEqualTo(2);
        assertThat(broken.err())
                .startsWith("godwit: rebuilding, sources changed\n")
                .contains("godwit: the build failed", "cannot find symbol");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
