package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.problem.Problem;
import dev.godwit.source.Endpoint;
import dev.godwit.source.Framework;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.OwnRunner;
import dev.godwit.source.Project;
import dev.godwit.source.VersionTable;
import dev.godwit.staging.TestClusters;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A copy of a framework's `project` of the test data, and a database of its own to run the framework's own command
/// against.
final class FrameworkRun<F extends Framework & OwnRunner> {
    /// Far more than a run of a few tables takes; a framework that waits for itself never ends.
    private static final long LIMIT_SECONDS = 90;

    final F framework;
    final Path root;
    final String url = TestClusters.freshDatabase(18);
    private final Path files;
    private int invocations;

    private FrameworkRun(F framework, Path files) {
        this.framework = framework;
        this.files = files;
        this.root = files.resolve("project");
    }

    static <F extends Framework & OwnRunner> FrameworkRun<F> of(F framework, Path directory) throws IOException {
        FrameworkRun<F> run = new FrameworkRun<>(framework, directory);
        Path fixture = Path.of("src/test/resources/frameworks", framework.id(), "project");
        try (Stream<Path> all = Files.walk(fixture)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = run.root.resolve(fixture.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return run;
    }

    Project project() {
        return Project.at(root);
    }

    MigrationSet list() {
        MigrationSet set = framework.list(project());
        assertThat(set.problems()).isEmpty();
        return set;
    }

    Migration migration(String word) {
        return list().find(word);
    }

    void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    Invocation.Finished up(String word) {
        return run(framework.up(place(), migration(word)));
    }

    void upFine(String word) {
        assertFine(up(word));
    }

    Invocation.Finished down(String word) {
        return run(framework.down(place(), migration(word)));
    }

    void assertFine(Invocation.Finished finished) {
        assertThat(framework.failure(finished))
                .as("%d%n%s%n%s", finished.exitCode(), finished.output(), finished.errors())
                .isEmpty();
    }

    Problem failure(Invocation.Finished finished) {
        Optional<Problem> problem = framework.failure(finished);
        assertThat(problem).as("%s%n%s", finished.output(), finished.errors()).isPresent();
        return problem.orElseThrow();
    }

    /// The framework's own word and the version table, which must agree.
    Set<String> applied() {
        MigrationSet set = list();
        Invocation.Finished status = run(framework.status(place()));
        assertFine(status);
        Set<String> own = new TreeSet<>(framework.appliedAccordingTo(set, status));
        assertThat(own).as(status.output()).isEqualTo(appliedByTable());
        return own;
    }

    Set<String> appliedByTable() {
        VersionTable table = framework.versionTable(project());
        if (query("SELECT to_regclass(" + literal(table.name().sql()) + ")")
                .getFirst()
                .equals("null")) {
            return Set.of();
        }
        return new TreeSet<>(framework.appliedVersions(list(), query(table.select())));
    }

    OwnRunner.Place place() {
        URI uri = URI.create(url);
        String[] login = uri.getUserInfo().split(":", 2);
        Endpoint endpoint =
                new Endpoint(uri.getHost(), uri.getPort(), uri.getPath().substring(1), login[0], Optional.of(login[1]));
        Path scratch = files.resolve("scratch" + invocations++);
        try {
            Files.createDirectories(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OwnRunner.Place(project(), list(), endpoint, scratch);
    }

    Invocation.Finished run(Invocation invocation) {
        File out = files.resolve("out" + invocations).toFile();
        File err = files.resolve("err" + invocations++).toFile();
        ProcessBuilder builder = new ProcessBuilder(invocation.command())
                .directory(invocation.directory().toFile())
                .redirectOutput(out)
                .redirectError(err);
        invocation.environment().forEach((name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            assertThat(ended).as("%s ends", invocation.display()).isTrue();
            return new Invocation.Finished(
                    process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What Godwit does for a framework that has no way down, or whose record was lost.
    void execute(List<String> statements) {
        statements.forEach(sql -> TestClusters.execute(url, sql));
    }

    /// @return the first column of every row
    List<String> query(String sql) {
        try (Connection connection = TestClusters.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
