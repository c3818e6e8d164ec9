package dev.godwit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.command.FrameworkCommands.Carried;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.ForeignRun;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunEvent;
import dev.godwit.execute.VersionBook;
import dev.godwit.execute.Work;
import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.gateway.StatementHandler;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Direction;
import dev.godwit.source.Framework;
import dev.godwit.source.Frameworks;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.OwnRunner;
import dev.godwit.source.Project;
import dev.godwit.source.SqlForm;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same migrations of real frameworks on two databases, directly and through Godwit's gateway: what the
/// framework does, what it says and what it leaves must be the same, when all goes well, when an index is
/// not built, and back.
class FidelityTest {
    /// Columns that hold a moment, a time that a run took, or a random name of the run.
    private static final Set<String> OF_THE_MOMENT = Set.of(
            "installed_on", // Flyway: when
            "execution_time", // Flyway: how many milliseconds
            "dateexecuted", // Liquibase: when
            "deployment_id", // Liquibase: made of the time
            "applied", // Django: when
            "created_at", // Rails, ar_internal_metadata: when
            "updated_at"); // Rails, ar_internal_metadata: when

    /// What differs from run to run of the same command on the same machine.
    private static final List<Pattern> OF_THE_RUN = List.of(
            Pattern.compile("\\b\\d+(?:[.,]\\d+)? ?m?s\\b"), // times that a step took
            Pattern.compile("\\b\\d{2}:\\d{2}\\.\\d{3}s?"), // Flyway's: 00:00.042s
            Pattern.compile("\\b\\d+\\.\\d{4,}\\b"), // Rails: seconds of a migration
            Pattern.compile("\\b\\d{2}:\\d{2}:\\d{2}\\b"), // Liquibase: the time of the day
            Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}[T ][\\d:.]+Z?"), // moments
            Pattern.compile("/[^\\s\"']*/scratch-?\\d+"), // the directory beside the project, new for each command
            Pattern.compile("(?i)process \\d+|pid \\d+")); // backends

    @TempDir
    private Path directory = Path.of("");

    @TempDir
    private Path beside = Path.of("");

    private final Side direct = new Side();
    private final Side through = new Side();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    private static final class Side {
        private final DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of());

        void execute(String sql) {
            try (Session session = Session.open(url, "test")) {
                session.execute(sql);
            }
        }

        List<String> rows(QualifiedName table) {
            String without = String.join("', '", OF_THE_MOMENT);
            try (Session session = Session.open(url, "test")) {
                return session.query(
                        "SELECT (to_jsonb(t) - ARRAY['" + without + "'])::text AS row FROM " + table.sql()
                                + " AS t ORDER BY 1",
                        row -> row.text("row"));
            }
        }

        boolean has(QualifiedName table) {
            try (Session session = Session.open(url, "test")) {
                return session.queryOne(
                                "SELECT to_regclass(?) IS NOT NULL AS there", row -> row.flag("there"), table.sql())
                        .orElseThrow();
            }
        }

        CatalogSnapshot schema() {
            try (Session session = Session.open(url, "test")) {
                return CatalogReader.read(session, Set.of());
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"alembic", "django", "flyway", "laravel", "liquibase", "rails"})
    void theGatewayIsNotSeen(String id) throws IOException {
        copy(Path.of("src/test/resources/frameworks", id, "project"), directory);
        Framework framework = Frameworks.load().byId(id);
        Project project = Project.at(directory);
        try (FrameworkCommands commands = FrameworkCommands.of(framework, project, new Cancellation("test"))
                .orElseThrow()) {
            List<Migration> migrations = commands.migrations().migrations();
            int concurrent = concurrent(migrations);
            for (Migration migration : migrations.subList(0, concurrent)) {
                same(
                        commands,
                        () -> commands.carryOut(through.url, migration, Direction.UP, StatementHandler.NONE),
                        migration,
                        Direction.UP);
            }
            Migration index = migrations.get(concurrent);
            Work work = work(commands, index);
            failsTheSame(commands, index, work);
            succeedsAfterwards(commands, index, work);
            if (commands.hasDown()) {
                same(
                        commands,
                        () -> commands.carryOut(through.url, index, Direction.DOWN, StatementHandler.NONE),
                        index,
                        Direction.DOWN);
            }
        }
    }

    private static int concurrent(List<Migration> migrations) {
        for (int i = 0; i < migrations.size(); i++) {
            if (migrations
                    .get(i)
                    .up()
                    .text()
                    .content()
                    .toLowerCase(java.util.Locale.ROOT)
                    .contains("concurrently")) {
                return i;
            }
        }
        throw new IllegalStateException("the project builds no index concurrently");
    }

    private void same(FrameworkCommands commands, Supplier<Carried> run, Migration migration, Direction direction) {
        CompletableFuture<Carried> other = async(run);
        Carried here = directly(commands, migration, direction);
        assertSame(commands, here, other.join());
    }

    private static CompletableFuture<Carried> async(Supplier<Carried> run) {
        return CompletableFuture.supplyAsync(run, Thread::startVirtualThread);
    }

    /// The framework's own invocation, with no gateway in between.
    private Carried directly(FrameworkCommands commands, Migration migration, Direction direction) {
        OwnRunner runner = (OwnRunner) commands.framework();
        OwnRunner.Place place = new OwnRunner.Place(
                commands.project(),
                commands.migrations(),
                direct.url.through(direct.url.host(), direct.url.port()),
                scratch());
        Invocation invocation = direction == Direction.UP ? runner.up(place, migration) : runner.down(place, migration);
        Invocation.Finished finished = Child.run(invocation, new Cancellation("test"));
        return new Carried(finished, runner.failure(finished));
    }

    private Path scratch() {
        try {
            return Files.createTempDirectory(beside, "scratch-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertSame(FrameworkCommands commands, Carried here, Carried there) {
        assertThat(there.finished().exitCode()).isEqualTo(here.finished().exitCode());
        assertThat(plain(there.finished().output()))
                .isEqualTo(plain(here.finished().output()));
        assertThat(plain(there.finished().errors()))
                .isEqualTo(plain(here.finished().errors()));
        assertThat(there.problem().isPresent()).isEqualTo(here.problem().isPresent());
        assertSameDatabase(commands);
    }

    private void assertSameDatabase(FrameworkCommands commands) {
        assertThat(Fingerprint.differences(direct.schema(), through.schema())).isEmpty();
        for (QualifiedName table : commands.ownTables()) {
            assertThat(through.has(table)).isEqualTo(direct.has(table));
            if (direct.has(table)) {
                assertThat(through.rows(table)).as(table.toString()).isEqualTo(direct.rows(table));
            }
        }
    }

    private String plain(String output) {
        String text = output;
        for (Side side : List.of(direct, through)) {
            text = text.replace(side.url.database(), "DATABASE");
        }
        text = text.replaceAll("(127\\.0\\.0\\.1|localhost)([:\", ]+port )?:?\\d*", "HOST");
        for (Pattern pattern : OF_THE_RUN) {
            text = pattern.matcher(text).replaceAll("…");
        }
        return text;
    }

    /// A transaction keeps the build waiting until it is cancelled: it leaves an invalid index, and no
    /// version row.
    private void failsTheSame(FrameworkCommands commands, Migration index, Work work) {
        Carried here;
        Carried there;
        try (Stopper stopHere = Stopper.on(direct.url);
                Stopper stopThere = Stopper.on(through.url);
                Session look = Session.open(through.url, "godwit");
                Guard guard = new Guard(context(commands), work, look)) {
            ForeignRun.begin(context(commands), look, work).announce(work);
            CompletableFuture<Carried> other = async(() -> commands.carryOut(through.url, index, Direction.UP, guard));
            CompletableFuture<Carried> own = async(() -> directly(commands, index, Direction.UP));
            stopHere.cancelTheBuild();
            stopThere.cancelTheBuild();
            here = own.join();
            there = other.join();
        }
        assertThat(here.problem()).as(here.finished().output()).isPresent();
        assertSame(commands, here, there);
    }

    /// Through Godwit as `apply` runs it; directly only after the index that is left is dropped by hand.
    private void succeedsAfterwards(FrameworkCommands commands, Migration index, Work work) {
        direct.execute("DROP INDEX " + invalidIndex());
        try (Session session = Session.open(direct.url, "test")) {
            commands.forgetFailure(session, index);
        }
        new FrameworkRunner(commands, through.url).run(work, context(commands));
        assertThat(directly(commands, index, Direction.UP).problem()).isEmpty();
        assertThat(events).hasAtLeastOneElementOfType(RunEvent.LeftoverDropped.class);
        assertSameDatabase(commands);
    }

    private String invalidIndex() {
        try (Session session = Session.open(direct.url, "test")) {
            return session.queryOne(
                            "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE NOT indisvalid",
                            row -> row.text("name"))
                    .orElseThrow();
        }
    }

    private RunContext context(FrameworkCommands commands) {
        VersionBook book = VersionBook.keptByFramework(
                commands.framework().versionTable(commands.project()), commands.ownTables());
        return RunContext.of(
                        () -> Session.open(through.url, "godwit"),
                        new Ledger("test"),
                        book,
                        new Cancellation("godwit apply"))
                .with(events::add);
    }

    /// What the migration says, heard on a copy of the database as it stands before.
    private Work work(FrameworkCommands commands, Migration migration) {
        String name = direct.url.database() + "_heard";
        DatabaseUrl scratch = DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of());
        try (Session session = Session.open(scratch, "test")) {
            session.execute("CREATE DATABASE " + name + " TEMPLATE " + direct.url.database());
        }
        SqlForm form = new Interpreter(commands, scratch.withDatabase(name)).up(migration);
        ParsedScript parsed = Scripts.parse(form.up().text());
        FactContext facts =
                FactContext.plain(PostgresVersion.ofMajor(18), form.up().transactionMode());
        return Work.of(form, Direction.UP, parsed, Facts.of(parsed, facts));
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
}
