package dev.godwit.source.framework;

import com.google.auto.service.AutoService;
import dev.godwit.postgres.Identifiers;
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
import dev.godwit.source.VersionTable;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Laravel, by the project's own `artisan`.
@AutoService(Framework.class)
public final class Laravel implements Framework, OwnRunner {
    /// A table with bars, and since Laravel 9 a line with dots.
    private static final Pattern STATUS = Pattern.compile(
            "(?m)^[ \\t]*\\|[ \\t]*Yes[ \\t]*\\|[ \\t]*(\\S+)|^[ \\t]*(\\S+)[ .]+\\[[0-9]+][ \\t]+Ran\\b");

    @Override
    public String id() {
        return "laravel";
    }

    @Override
    public String title() {
        return "Laravel";
    }

    @Override
    public boolean recognises(Project project) {
        return Files.isRegularFile(project.root().resolve("artisan"));
    }

    @Override
    public MigrationSet list(Project project) {
        return new LaravelListing(project).list();
    }

    @Override
    public VersionTable versionTable(Project project) {
        return VersionTable.of(table(project), "migration");
    }

    @Override
    public List<NewFile> newMigration(Project project, NewMigration request) {
        return new LaravelWriter(project).write(request);
    }

    @Override
    public Invocation up(Place place, Migration migration) {
        return LaravelCommand.of(place).up(migration);
    }

    @Override
    public Invocation down(Place place, Migration migration) {
        return LaravelCommand.of(place).down(migration);
    }

    @Override
    public Invocation status(Place place) {
        return LaravelCommand.of(place).status();
    }

    /// What is recorded but has no file does not stand there.
    @Override
    public Set<String> appliedAccordingTo(MigrationSet migrations, Invocation.Finished status) {
        Set<String> applied = new TreeSet<>();
        STATUS.matcher(status.output())
                .results()
                .forEach(row -> applied.add(Optional.ofNullable(row.group(1)).orElseGet(() -> row.group(2))));
        return applied;
    }

    @Override
    public Optional<Problem> failure(Invocation.Finished finished) {
        return LaravelFailure.of(finished);
    }

    @Override
    public List<QualifiedName> ownTables(Project project) {
        return List.of(table(project));
    }

    /// In a batch of its own, as `migrate --step` would have written it.
    @Override
    public List<String> rowAdded(Project project, MigrationSet migrations, Migration migration) {
        String table = table(project).sql();
        String version = Identifiers.literal(migration.version());
        return List.of(
                "INSERT INTO " + table + " (migration, batch) SELECT " + version + ", coalesce(max(batch), 0) + 1"
                        + " FROM " + table + " HAVING count(*) FILTER (WHERE migration = " + version + ") = 0");
    }

    @Override
    public List<String> rowRemoved(Project project, MigrationSet migrations, Migration migration) {
        return List.of("DELETE FROM " + table(project).sql() + " WHERE migration = "
                + Identifiers.literal(migration.version()));
    }

    private static QualifiedName table(Project project) {
        return LaravelConfig.of(project).table(project);
    }
}
