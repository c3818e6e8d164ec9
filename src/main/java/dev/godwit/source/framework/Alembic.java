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
import dev.godwit.source.Pending;
import dev.godwit.source.Project;
import dev.godwit.source.Reasons;
import dev.godwit.source.VersionTable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Alembic, of SQLAlchemy: Python files that name what they come after, so that they form a graph with branches and
/// merges. The version table holds only the newest of each branch.
///
/// Alembic runs all that is pending in one transaction, which an `autocommit_block()` commits on its way: when a later
/// revision of the same run fails, the version is taken back though the effect stays. One revision at a time knows no
/// such state.
@AutoService(Framework.class)
public final class Alembic implements Framework, OwnRunner {
    @Override
    public String id() {
        return "alembic";
    }

    @Override
    public String title() {
        return "Alembic";
    }

    @Override
    public boolean recognises(Project project) {
        return AlembicProject.of(project).isPresent();
    }

    @Override
    public MigrationSet list(Project project) {
        Optional<AlembicProject> found = AlembicProject.of(project);
        return found.map(Alembic::list).orElseGet(() -> MigrationSet.broken(noConfiguration(project)));
    }

    private static MigrationSet list(AlembicProject alembic) {
        Optional<Problem> missing = alembic.noDirectory();
        if (missing.isPresent()) {
            return MigrationSet.broken(missing.get());
        }
        try {
            return new AlembicListing(alembic.project()).list(alembic.files());
        } catch (IOException e) {
            return MigrationSet.broken(Problem.usage("the migrations' directory cannot be read: " + Reasons.of(e))
                    .at(alembic.project().display(alembic.versions().getFirst()))
                    .remedy("check its permissions"));
        }
    }

    private static Problem noConfiguration(Project project) {
        return Problem.usage("there is no alembic.ini with a section [alembic]")
                .at(project.root().toString())
                .remedy("go to the directory that has it, or make one: alembic init alembic");
    }

    private static AlembicProject configured(Project project) {
        return AlembicProject.of(project)
                .orElseThrow(() -> noConfiguration(project).raise());
    }

    @Override
    public VersionTable versionTable(Project project) {
        return VersionTable.of(table(project), "version_num");
    }

    private static QualifiedName table(Project project) {
        return project.versionTable().orElseGet(() -> {
            Optional<AlembicProject> alembic = AlembicProject.of(project);
            return new QualifiedName(
                    alembic.flatMap(AlembicProject::versionTableSchema).orElse("public"),
                    alembic.flatMap(AlembicProject::versionTable).orElse("alembic_version"));
        });
    }

    @Override
    public Set<String> appliedVersions(MigrationSet set, Collection<String> keys) {
        return AlembicGraph.of(set).withAncestors(keys);
    }

    /// The table names heads, and what a head builds on is applied with it; another branch is neither early
    /// nor late.
    @Override
    public List<Migration> late(MigrationSet set, Pending state) {
        return List.of();
    }

    @Override
    public List<NewFile> newMigration(Project project, NewMigration request) {
        AlembicProject alembic = configured(project);
        return List.of(new AlembicWriter(alembic, list(alembic).orRaise()).write(request));
    }

    @Override
    public Invocation up(Place place, Migration migration) {
        return command(place).run("upgrade", migration.version());
    }

    @Override
    public Invocation down(Place place, Migration migration) {
        AlembicGraph graph = AlembicGraph.of(place.migrations());
        return command(place).run("downgrade", AlembicCommand.below(graph, migration.version()));
    }

    @Override
    public Invocation status(Place place) {
        return command(place).run("current");
    }

    private static AlembicCommand command(Place place) {
        return new AlembicCommand(configured(place.project()), place);
    }

    /// `alembic current` prints a line for each newest revision: `1a2b3c (head)`.
    @Override
    public Set<String> appliedAccordingTo(MigrationSet migrations, Invocation.Finished status) {
        Set<String> heads = status.output()
                .lines()
                .map(line -> line.strip().split("\\s", 2)[0])
                .filter(word -> migrations.byVersion(word).isPresent())
                .collect(Collectors.toSet());
        return AlembicGraph.of(migrations).withAncestors(heads);
    }

    @Override
    public Optional<Problem> failure(Invocation.Finished finished) {
        return AlembicFailure.of(finished);
    }

    @Override
    public List<QualifiedName> ownTables(Project project) {
        return List.of(table(project));
    }

    @Override
    public List<String> rowAdded(Project project, MigrationSet migrations, Migration migration) {
        return new AlembicRows(table(project), AlembicGraph.of(migrations)).added(migration.version());
    }

    @Override
    public List<String> rowRemoved(Project project, MigrationSet migrations, Migration migration) {
        return new AlembicRows(table(project), AlembicGraph.of(migrations)).removed(migration.version());
    }
}
