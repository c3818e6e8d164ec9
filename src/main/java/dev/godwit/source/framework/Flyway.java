package dev.godwit.source.framework;

import com.google.auto.service.AutoService;
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
import dev.godwit.source.VersionTable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Flyway, by its own program or by the copy that Godwit brings along. Its free edition knows no way down, so Godwit
/// carries the `U` files out itself.
@AutoService(Framework.class)
public final class Flyway implements Framework, OwnRunner {
    @Override
    public String id() {
        return "flyway";
    }

    @Override
    public String title() {
        return "Flyway";
    }

    @Override
    public boolean recognises(Project project) {
        FlywayConfig config = FlywayConfig.of(project);
        return config.file().isPresent() || !new FlywayListing(config).entries().isEmpty();
    }

    @Override
    public MigrationSet list(Project project) {
        return new FlywayListing(FlywayConfig.of(project)).list();
    }

    @Override
    public VersionTable versionTable(Project project) {
        return history(project).versionTable();
    }

    @Override
    public Set<String> appliedVersions(MigrationSet set, Collection<String> keys) {
        return history(projectOf(set)).appliedVersions(set, keys);
    }

    @Override
    public List<NewFile> newMigration(Project project, NewMigration request) {
        return new FlywayWriter(FlywayConfig.of(project)).write(request);
    }

    @Override
    public Invocation up(Place place, Migration migration) {
        return FlywayCommand.of(place).up(migration);
    }

    @Override
    public boolean hasDown() {
        return false;
    }

    @Override
    public Invocation down(Place place, Migration migration) {
        throw new IllegalStateException("Flyway's free edition has no undo: Godwit runs the down itself");
    }

    @Override
    public Invocation status(Place place) {
        return FlywayCommand.of(place).status();
    }

    @Override
    public Set<String> appliedAccordingTo(MigrationSet migrations, Invocation.Finished status) {
        return FlywayStatus.applied(migrations, status);
    }

    @Override
    public Optional<Problem> failure(Invocation.Finished finished) {
        return FlywayFailure.of(finished);
    }

    @Override
    public List<QualifiedName> ownTables(Project project) {
        return List.of(FlywayConfig.of(project).table());
    }

    @Override
    public boolean mayConnectElsewhere(Project project) {
        return FlywayCommand.program(project).isPresent();
    }

    @Override
    public String againstWaitingForItself() {
        return "its lock is a transaction on a second connection: let the project's own flyway program not overrule"
                + " FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK=false";
    }

    /// What `flyway repair` does, for the one.
    @Override
    public List<String> failureForgotten(Project project, Migration migration) {
        return List.of(history(project).failureForgotten(migration));
    }

    @Override
    public List<String> rowAdded(Project project, MigrationSet migrations, Migration migration) {
        return history(project).rowAdded(migration);
    }

    @Override
    public List<String> rowRemoved(Project project, MigrationSet migrations, Migration migration) {
        return history(project).rowRemoved(migration);
    }

    /// A repeatable's checksum depends on the project's placeholders; a script's path and name tell where its project
    /// is.
    private static Project projectOf(MigrationSet set) {
        Path root = set.migrations().stream().findFirst().map(m -> root(m.up())).orElse(Path.of(""));
        return Project.at(root);
    }

    private static Path root(Script script) {
        Path root = script.file();
        for (int i = Path.of(script.text().name()).getNameCount(); i > 0 && root.getParent() != null; i--) {
            root = root.getParent();
        }
        return root;
    }

    private static FlywayHistory history(Project project) {
        return new FlywayHistory(FlywayConfig.of(project));
    }
}
