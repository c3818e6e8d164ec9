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
import dev.godwit.source.TableLock;
import dev.godwit.source.VersionTable;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Liquibase, by its own program or by the copy that Godwit brings along. A changeset is a migration.
@AutoService(Framework.class)
public final class Liquibase implements Framework, OwnRunner {
    @Override
    public String id() {
        return "liquibase";
    }

    @Override
    public String title() {
        return "Liquibase";
    }

    @Override
    public boolean recognises(Project project) {
        LiquibaseConfig config = LiquibaseConfig.of(project);
        return config.file().isPresent()
                || config.changelog()
                        .flatMap(config::resolve)
                        .filter(Files::isRegularFile)
                        .isPresent();
    }

    @Override
    public MigrationSet list(Project project) {
        return new LiquibaseListing(LiquibaseConfig.of(project)).list();
    }

    @Override
    public VersionTable versionTable(Project project) {
        return rows(project).versionTable();
    }

    @Override
    public Set<String> appliedVersions(MigrationSet set, Collection<String> keys) {
        return LiquibaseRows.appliedVersions(keys);
    }

    @Override
    public List<NewFile> newMigration(Project project, NewMigration request) {
        return new LiquibaseWriter(LiquibaseConfig.of(project)).write(request);
    }

    @Override
    public Invocation up(Place place, Migration migration) {
        return LiquibaseCommand.of(place).up(migration);
    }

    @Override
    public Invocation down(Place place, Migration migration) {
        return LiquibaseCommand.of(place).down();
    }

    @Override
    public Invocation status(Place place) {
        return LiquibaseCommand.of(place).status();
    }

    @Override
    public Set<String> appliedAccordingTo(MigrationSet migrations, Invocation.Finished status) {
        return LiquibaseRows.appliedAccordingTo(status);
    }

    @Override
    public Optional<Problem> failure(Invocation.Finished finished) {
        return LiquibaseFailure.of(finished);
    }

    @Override
    public List<QualifiedName> ownTables(Project project) {
        LiquibaseConfig config = LiquibaseConfig.of(project);
        return List.of(config.table(), config.lockTable());
    }

    @Override
    public boolean mayConnectElsewhere(Project project) {
        return LiquibaseCommand.program(project).isPresent();
    }

    @Override
    public Optional<TableLock> tableLock(Project project) {
        return Optional.of(LiquibaseRows.lock(LiquibaseConfig.of(project).lockTable()));
    }

    @Override
    public List<String> rowAdded(Project project, MigrationSet migrations, Migration migration) {
        return rows(project).rowAdded(changeSet(project, migration));
    }

    @Override
    public List<String> rowRemoved(Project project, MigrationSet migrations, Migration migration) {
        return rows(project).rowRemoved(changeSet(project, migration));
    }

    private static LiquibaseRows rows(Project project) {
        return new LiquibaseRows(LiquibaseConfig.of(project));
    }

    /// A version is made of the three words that the row holds, but cannot be taken apart again.
    private static LiquibaseChangeSet changeSet(Project project, Migration migration) {
        return new LiquibaseListing(LiquibaseConfig.of(project))
                .changeSets().stream()
                        .filter(one -> one.version().equals(migration.version()))
                        .findFirst()
                        .orElseThrow(() -> Problem.usage("the changeset is not in the changelogs any more")
                                .at(migration.up().text().name())
                                .remedy("bring it back")
                                .raise());
    }
}
