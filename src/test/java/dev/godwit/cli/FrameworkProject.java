package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A copy of a framework's fixture project with a production of its own, and Godwit's commands in it.
///
/// @param url of production
record FrameworkProject(String framework, Path directory, String url, CliProject cli) {
    private static final int MAJOR = 18;

    private static final String[] WITHOUT_REHEARSAL = {
        "apply", "--no-watch", "--waive", "evidence=test", "--waive", "verdict=test", "--waive", "schema=test"
    };

    /// As the fixture is, with `godwit init` done.
    static FrameworkProject open(String framework, Path directory) throws IOException {
        FrameworkProject project = bare(framework, directory);
        project.prepareProduction();
        project.ends(ExitCode.OK, "init", "--production", "env:SHOP");
        return project;
    }

    /// On an empty production, for the test to change before `godwit init`.
    static FrameworkProject bare(String framework, Path directory) throws IOException {
        copy(Path.of("src/test/resources/frameworks", framework, "project"), directory);
        String url = TestClusters.freshDatabase(MAJOR);
        return new FrameworkProject(
                framework,
                directory,
                url,
                new CliProject(directory, System.getenv()).patient().with("SHOP", url));
    }

    /// What production has before the project's first migration, where a framework brings migrations of its
    /// own.
    private void prepareProduction() throws IOException {
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

    Outcome ends(int exitCode, String... arguments) {
        Outcome outcome = cli.run(arguments);
        assertThat(outcome.exitCode())
                .as(String.join(" ", arguments) + "\n" + outcome.all())
                .isEqualTo(exitCode);
        String secret = URI.create(url).getRawUserInfo().split(":", 2)[1];
        assertThat(outcome.all()).doesNotContain(":" + secret + "@", "mistake in Godwit");
        return outcome;
    }

    /// What nobody has rehearsed, so that nothing stands between the command and the framework on production.
    Outcome appliesUnrehearsed(int exitCode, String... migrations) {
        return ends(exitCode, with(List.of(migrations), WITHOUT_REHEARSAL));
    }

    JsonNode document(int exitCode, String... arguments) {
        return JsonMapper.shared().readTree(ends(exitCode, arguments).out());
    }

    JsonNode status() {
        return document(ExitCode.OK, "status", "--format", "json");
    }

    /// @return the ids of those that are not applied; repeatables left out, whose rehearsal has a test of
    ///     its own
    List<String> versioned() {
        return status().get("pending")
                .valueStream()
                .map(JsonNode::asString)
                .filter(id -> !id.startsWith("R__"))
                .toList();
    }

    /// Every file but Godwit's own, with its content.
    Map<String, String> tree() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(path).toString();
                if (!name.startsWith("godwit")) {
                    files.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    static String[] with(List<String> migrations, String... command) {
        return Stream.concat(Stream.of(command), migrations.stream()).toArray(String[]::new);
    }
}
