package dev.godwit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./dev`, as far as it is its own work and not Maven's, in a copy of the files that it touches.
class WorkbenchTest {
    private static final String RULES = "src/main/java/dev/godwit/lint/rule";

    @TempDir
    Path tree;

    private Shell shell = new Shell(Path.of(""), Map.of());

    @BeforeEach
    void aTree() throws IOException {
        for (String folder : List.of("tools", "tools/new-rule", RULES, "bench")) {
            copyFiles(Path.of(folder), tree.resolve(folder));
        }
        Files.copy(Path.of("dev"), tree.resolve("dev"));
        shell = new Shell(tree, Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home")));
    }

    @Test
    void withoutArgumentsItSaysWhatItCanDo() throws Exception {
        assertThat(shell.run("./dev").out())
                .contains("./dev test", "./dev fmt", "./dev lint", "./dev bless", "./dev bench", "./dev new-rule");
        assertThat(shell.run("./dev", "tset").exit()).isEqualTo(2);
    }

    @Test
    void benchListsWhatCanBeMeasured() throws Exception {
        assertThat(shell.run("./dev", "bench").out()).contains("./dev bench check: ");
        assertThat(shell.run("./dev", "bench", "no-such").exit()).isEqualTo(2);
    }

    @Test
    void theSkeletonOfARuleCompilesAndHasItsCases() throws Exception {
        assertThat(shell.run("./dev", "new-rule", "my-own-rule").out().lines())
                .containsExactly(RULES + "/MyOwnRule.java", "src/test/resources/rules/my-own-rule/");
        Path cases = tree.resolve("src/test/resources/rules/my-own-rule");
        for (String name : List.of("setup.sql", "bad.sql", "good.sql", "proof.properties")) {
            assertThat(cases.resolve(name)).isNotEmptyFile();
        }
        Path rule = tree.resolve(RULES, "MyOwnRule.java");
        assertThat(rule).content().contains("\"my-own-rule\"").doesNotContain("@CLASS@", "@ID@", "@NUMBER@");
        assertThat(compile(rule)).isZero();
    }

    @Test
    void aRuleThatIsThereIsNotWrittenOver() throws Exception {
        shell.run("./dev", "new-rule", "my-own-rule");
        Files.writeString(tree.resolve(RULES, "MyOwnRule.java"), "mine");
        assertThat(shell.run("./dev", "new-rule", "my-own-rule").exit()).isEqualTo(2);
        assertThat(tree.resolve(RULES, "MyOwnRule.java")).hasContent("mine");
    }

    @Test
    void anIdThatNoRuleCanHaveIsRefused() throws Exception {
        for (String id : List.of("", "MyRule", "my--rule", "-rule", "rule-", "my rule")) {
            assertThat(shell.run("./dev", "new-rule", id).exit()).as(id).isEqualTo(2);
        }
    }

    @Test
    void theRecordingTakesThePlaceOfTheOneBefore() throws Exception {
        Path godwit = tree.resolve("godwit");
        Files.writeString(godwit, "#!/bin/sh\nprintf '%s\\n' 'a & b \\n \"c\"'\n");
        Files.setPosixFilePermissions(godwit, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                tree.resolve("README.md"), "before\n<!-- recording: begin -->\nold\n<!-- recording: end -->\nafter\n");
        assertThat(shell.run("./dev", "recording").exit()).isZero();
        assertThat(tree.resolve("README.md")).hasContent("""
                before
                <!-- recording: begin -->

                ```text
                a & b \\n "c"
                ```

                <!-- recording: end -->
                after
                """);
    }

    private int compile(Path source) {
        return ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        tree.resolve("classes").toString(),
                        source.toString());
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
