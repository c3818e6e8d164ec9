package dev.godwit.command;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.OwnRunner;
import dev.godwit.source.Project;
import dev.godwit.source.Script;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.VersionTable;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A team's own scripts, run by psql: `1.up.sql` and `1.down.sql`, which keep the table `done` themselves. The least
/// that a framework can be, with everything in the hands of the test.
final class PsqlFramework implements Framework, OwnRunner {
    @Override
    public String id() {
        return "psql";
    }

    @Override
    public String title() {
        return "psql";
    }

    @Override
    public boolean recognises(Project project) {
        return true;
    }

    @Override
    public MigrationSet list(Project project) {
        try (Stream<Path> files = Files.list(project.root())) {
            return new MigrationSet(
                    files.filter(file -> file.toString().endsWith(".up.sql"))
                            .sorted()
                            .map(PsqlFramework::migration)
                            .toList(),
                    List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Migration migration(Path up) {
        String version = up.getFileName().toString().replace(".up.sql", "");
        Path down = up.resolveSibling(version + ".down.sql");
        return new Migration(
                version, "", script(up), Files.exists(down) ? Optional.of(script(down)) : Optional.empty());
    }

    private static Script script(Path file) {
        try {
            SourceText text = new SourceText(file.getFileName().toString(), Files.readString(file));
            return new Script(file, text, Script.Language.CODE, TransactionMode.AUTO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public VersionTable versionTable(Project project) {
        return VersionTable.of(QualifiedName.inPublic("done"), "version");
    }

    @Override
    public List<NewFile> newMigration(Project project, NewMigration request) {
        return List.of();
    }

    @Override
    public Invocation up(Place place, Migration migration) {
        return psql(place, "-f", migration.version() + ".up.sql");
    }

    @Override
    public Invocation down(Place place, Migration migration) {
        return psql(place, "-f", migration.version() + ".down.sql");
    }

    @Override
    public Invocation status(Place place) {
        return psql(place, "-At", "-c", "SELECT version FROM done");
    }

    private static Invocation psql(Place place, String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"), Stream.of(arguments))
                .toList();
        return new Invocation(
                command,
                place.project().root(),
                Map.of(
                        "PGHOST", place.endpoint().host(),
                        "PGPORT", String.valueOf(place.endpoint().port()),
                        "PGDATABASE", place.endpoint().database(),
                        "PGUSER", place.endpoint().user(),
                        "PGPASSWORD", place.endpoint().password().orElse("")));
    }

    @Override
    public Set<String> appliedAccordingTo(MigrationSet migrations, Invocation.Finished status) {
        return status.output().lines().collect(Collectors.toSet());
    }

    @Override
    public Optional<Problem> failure(Invocation.Finished finished) {
        return finished.exitCode() == 0
                ? Optional.empty()
                : Optional.of(
                        Problem.database("psql failed: " + finished.errors().strip()));
    }

    @Override
    public List<QualifiedName> ownTables(Project project) {
        return List.of(QualifiedName.inPublic("done"));
    }

    @Override
    public List<String> rowAdded(Project project, MigrationSet migrations, Migration migration) {
        return List.of("INSERT INTO done VALUES ('" + migration.version() + "');");
    }

    @Override
    public List<String> rowRemoved(Project project, MigrationSet migrations, Migration migration) {
        return List.of("DELETE FROM done WHERE version = '" + migration.version() + "';");
    }
}
