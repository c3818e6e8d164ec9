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
import dev.godwit.source.Pending;
import dev.godwit.source.Project;
import dev.godwit.source.VersionTable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Django: each app has migrations of its own, which depend on others, in the app and outside.
///
/// The row of a migration is written after its transaction has ended wherever SQL was deferred to its end (foreign
/// keys,
/// indexes), and always on the way down, so a crash can leave an effect without its row.
///
/// Migrations of apps that are libraries (`auth`) are not the project's files: they are neither listed nor missing, and
/// run when one that is listed depends on them.
@AutoService(Framework.class)
public final class Django implements Framework, OwnRunner {
    private static final Pattern APPLIED = Pattern.compile("(?m)^\\[X]\\s+(\\S+)");
    private static final Pattern NOT_APPLIED = Pattern.compile("(?m)^\\[ ]\\s+(\\S+)");

    private final Map<String, String> environment;

    public Django() {
        this(System.getenv());
    }

    Django(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String id() {
        return "django";
    }

    @Override
    public String title() {
        return "Django";
    }

    @Override
    public boolean recognises(Project project) {
        return DjangoProject.of(project).isPresent();
    }

    @Override
    public MigrationSet list(Project project) {
        return DjangoProject.of(project)
                .map(django -> new DjangoListing(django).list())
                .orElseGet(() -> MigrationSet.broken(noManage(project)));
    }

    private static Problem noManage(Project project) {
        return Problem.usage("there is no manage.py of Django")
                .at(project.root().toString())
                .remedy("go to the directory that has it, or name it in godwit.toml: migrations = \"DIRECTORY\"");
    }

    private static DjangoProject found(Project project) {
        return DjangoProject.of(project).orElseThrow(() -> noManage(project).raise());
    }

    @Override
    public VersionTable versionTable(Project project) {
        return new VersionTable(table(project), "app || '.' || name", "true");
    }

    private static QualifiedName table(Project project) {
        return project.versionTable().orElseGet(() -> QualifiedName.inPublic("django_migrations"));
    }

    /// A squashed migration is applied when all are that it stands for, and they are then not missing. What belongs to
    /// an app of a library is none of the project's.
    @Override
    public Set<String> appliedVersions(MigrationSet set, Collection<String> keys) {
        Set<String> apps = set.migrations().stream()
                .map(migration -> DjangoKey.of(migration.version()).app())
                .collect(Collectors.toSet());
        Set<String> applied = keys.stream()
                .filter(key -> apps.contains(DjangoKey.of(key).app()))
                .collect(Collectors.toCollection(TreeSet::new));
        set.migrations().stream().map(DjangoMigration::of).forEach(migration -> {
            List<String> replaced =
                    migration.replaces().stream().map(DjangoKey::version).toList();
            if (!replaced.isEmpty() && applied.containsAll(replaced)) {
                applied.add(migration.key().version());
            }
            if (applied.contains(migration.key().version())) {
                replaced.forEach(applied::remove);
            }
        });
        return Set.copyOf(applied);
    }

    /// Apps go their own ways; Django itself refuses to run while an applied migration builds on a pending
    /// one.
    @Override
    public List<Migration> late(MigrationSet set, Pending state) {
        DjangoGraph graph = DjangoGraph.of(set);
        return state.pending().stream()
                .filter(pending -> state.applied().stream()
                        .anyMatch(applied ->
                                graph.descends(DjangoKey.of(applied.version()), DjangoKey.of(pending.version()))))
                .toList();
    }

    @Override
    public List<NewFile> newMigration(Project project, NewMigration request) {
        DjangoProject django = found(project);
        return List.of(new DjangoWriter(django, new DjangoListing(django).list().orRaise()).write(request));
    }

    @Override
    public Invocation up(Place place, Migration migration) {
        DjangoKey key = DjangoKey.of(migration.version());
        return command(place).manage("migrate", key.app(), key.name(), "--noinput");
    }

    @Override
    public Invocation down(Place place, Migration migration) {
        DjangoKey key = DjangoKey.of(migration.version());
        return DjangoCommand.below(place.migrations(), key)
                .map(target -> command(place).manage("migrate", key.app(), target, "--noinput"))
                .orElseGet(() -> command(place).undo(key));
    }

    @Override
    public Invocation status(Place place) {
        return command(place).manage("showmigrations", "--plan");
    }

    private DjangoCommand command(Place place) {
        return new DjangoCommand(found(place.project()), place, environment);
    }

    @Override
    public Set<String> appliedAccordingTo(MigrationSet migrations, Invocation.Finished status) {
        return APPLIED.matcher(status.output())
                .results()
                .map(match -> match.group(1))
                .filter(version -> migrations.byVersion(version).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// `migrate APP NAME` runs what that depends on, in whatever app.
    @Override
    public boolean takesOthersAlong() {
        return true;
    }

    @Override
    public List<String> alongside(MigrationSet migrations, Invocation.Finished status) {
        Set<String> apps = migrations.migrations().stream()
                .map(migration -> DjangoKey.of(migration.version()).app())
                .collect(Collectors.toSet());
        return NOT_APPLIED
                .matcher(status.output())
                .results()
                .map(match -> match.group(1))
                .filter(version -> !apps.contains(DjangoKey.of(version).app()))
                .toList();
    }

    @Override
    public Optional<Problem> failure(Invocation.Finished finished) {
        return DjangoFailure.of(finished);
    }

    /// After each migration Django writes a row for every new model into two more tables (its `post_migrate` signal),
    /// and takes none back.
    @Override
    public List<QualifiedName> ownTables(Project project) {
        return List.of(
                table(project),
                QualifiedName.inPublic("django_content_type"),
                QualifiedName.inPublic("auth_permission"));
    }

    @Override
    public List<String> rowAdded(Project project, MigrationSet migrations, Migration migration) {
        return rows(migration)
                .map(key -> "INSERT INTO " + table(project).sql() + " (app, name, applied) VALUES ("
                        + Identifiers.literal(key.app()) + ", " + Identifiers.literal(key.name()) + ", now())")
                .toList();
    }

    @Override
    public List<String> rowRemoved(Project project, MigrationSet migrations, Migration migration) {
        return rows(migration)
                .map(key -> "DELETE FROM " + table(project).sql() + " WHERE app = " + Identifiers.literal(key.app())
                        + " AND name = " + Identifiers.literal(key.name()))
                .toList();
    }

    /// A squashed migration is recorded together with those that it stands for.
    private static Stream<DjangoKey> rows(Migration migration) {
        DjangoMigration read = DjangoMigration.of(migration);
        return Stream.concat(read.replaces().stream(), Stream.of(read.key()));
    }
}
