package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.source.Framework;
import dev.godwit.source.Frameworks;
import dev.godwit.source.OwnRunner;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each framework's fixture project through Godwit's commands, by the framework's own program on a real server.
class FrameworkPassageTest {
    private static final int MAJOR = 18;

    @TempDir
    private Path directory = Path.of("");

    private String url = "";
    private CliProject project = CliProject.at(directory);

    static List<String> frameworks() {
        return Frameworks.load().all().stream()
                .filter(OwnRunner.class::isInstance)
                .map(Framework::id)
                .toList();
    }

    private void open(String framework) throws IOException {
        copy(Path.of("src/test/resources/frameworks", framework, "project"), directory);
        url = TestClusters.freshDatabase(MAJOR);
        prepareProduction(framework);
        project = new CliProject(directory, System.getenv()).with("SHOP", url);
        ends(ExitCode.OK, "init", "--production", "env:SHOP");
    }

    /// What production has before the project's first migration, where a framework brings migrations of its own.
    private void prepareProduction(String framework) throws IOException {
        Path script = Path.of("src/test/resources/frameworks", framework, "production.py")
                .toAbsolutePath();
        if (Files.exists(script)) {
            ProcessBuilder python = new ProcessBuilder("/usr/bin/python3", "-B", script.toString())
                    .directory(directory.toFile())
                    .inheritIO();
            python.environment().put("SHOP", url);
            assertThat(python.start().onExit().join().exitValue()).isZero();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    private Outcome ends(int exitCode, String... arguments) {
        Outcome outcome = project.run(arguments);
        assertThat(outcome.exitCode())
                .as(String.join(" ", arguments) + "\n" + outcome.all())
                .isEqualTo(exitCode);
        String secret = URI.create(url).getRawUserInfo().split(":", 2)[1];
        assertThat(outcome.all()).doesNotContain(":" + secret + "@", "mistake in Godwit");
        return outcome;
    }

    private JsonNode document(int exitCode, String... arguments) {
        return JsonMapper.shared().readTree(ends(exitCode, arguments).out());
    }

    private JsonNode status() {
        return document(ExitCode.OK, "status", "--format", "json");
    }

    /// Every file but Godwit's own, with its content.
    private Map<String, String> tree() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(path).toString();
                if (!name.startsWith("godwit")) {
                    files.put(name, Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    /// A repeatable has no way back, so its gate stays closed.
    private List<String> versioned() {
        return status().get("pending")
                .valueStream()
                .map(JsonNode::asString)
                .filter(id -> !id.startsWith("R__"))
                .toList();
    }

    private static String[] with(List<String> migrations, String... command) {
        return Stream.concat(Stream.of(command), migrations.stream()).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("frameworks")
    void aProjectGoesTheWholeWayAndBack(String framework) throws IOException {
        open(framework);
        Map<String, String> before = tree();
        List<String> versioned = versioned();
        int all = versioned.size();
        assertThat(all).isGreaterThanOrEqualTo(2);

        JsonNode checked = JsonMapper.shared()
                .readTree(project.run("check", "--format", "json").out());
        assertThat(checked.get("summary").get("statements").asInt()).isGreaterThanOrEqualTo(all);

        JsonNode evidence =
                document(ExitCode.OK, with(versioned, "rehearse", "--traffic-rate", "20", "--format", "json"));
        assertThat(evidence).hasSize(all);
        assertThat(evidence.get(0).get("framework").asString()).isEqualTo(framework);
        assertThat(evidence.get(0).get("statements")).isNotEmpty();

        ends(ExitCode.OK, with(versioned, "apply", "--no-watch"));
        assertThat(status().get("applied")).hasSize(all);
        assertThat(status().get("disagreements")).isEmpty();
        ends(ExitCode.ROLLED_BACK, "rollback");
        assertThat(status().get("applied")).hasSize(all - 1);
        assertThat(tree()).isEqualTo(before);
    }
}
