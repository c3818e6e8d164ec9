package dev.godwit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.EventLog;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.RetryPolicy;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunEvent;
import dev.godwit.execute.StepRunner;
import dev.godwit.execute.VersionBook;
import dev.godwit.execute.Work;
import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.GodwitException;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Project;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A foreign program's migrations under Godwit's discipline, with psql as the program.
class FrameworkRunnerTest {
    private static final PsqlFramework PSQL = new PsqlFramework();

    @TempDir
    private Path root = Path.of("");

    private DatabaseUrl url = DatabaseUrl.parse("postgresql://localhost/none", Map.of());
    private final Cancellation cancellation = new Cancellation("godwit apply 1");
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void shop() {
        url = DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of());
        on("CREATE TABLE done (version text PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, status text);"
                + "INSERT INTO orders SELECT i, 'new' FROM generate_series(1, 1000) i");
    }

    @AfterEach
    void nobodyIsLeft() {
        try (Session session = Session.open(url, "test")) {
            for (int looks = 0; others(session) > 0; looks++) {
                assertThat(looks).as("backends left").isLessThan(1000);
                Thread.onSpinWait();
            }
        }
    }

    private static long others(Session session) {
        return session.queryOne(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name = 'psql'",
                        row -> row.number("n"))
                .orElseThrow();
    }

    private static long sleepers(Session session) {
        return session.queryOne(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event = 'PgSleep'",
                        row -> row.number("n"))
                .orElseThrow();
    }

    private void on(String sql) {
        try (Session session = Session.open(url, "test")) {
            session.execute(sql);
        }
    }

    private boolean isTrue(String sql) {
        try (Session session = Session.open(url, "test")) {
            return session.queryOne("SELECT (" + sql + ") AS holds", row -> row.flag("holds"))
                    .orElseThrow();
        }
    }

    private void write(String file, String sql) throws IOException {
        Files.writeString(root.resolve(file), sql);
    }

    private RunContext context() {
        VersionBook versions =
                VersionBook.keptByFramework(PSQL.versionTable(Project.at(root)), PSQL.ownTables(Project.at(root)));
        return RunContext.of(() -> Session.open(url, "godwit"), new Ledger("test"), versions, cancellation)
                .with(RetryPolicy.DEFAULT.withDeadline(Duration.ofSeconds(20)))
                .with(events::add);
    }

    private StepRunner.Outcome run(Direction direction) {
        try (FrameworkCommands commands =
                FrameworkCommands.of(PSQL, Project.at(root), cancellation).orElseThrow()) {
            Migration migration = commands.migrations().find("1");
            Work work = work(migration, direction);
            return new FrameworkRunner(commands, url).run(work, context());
        }
    }

    private SqlForm form(Migration migration) {
        DatabaseUrl scratch = DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of());
        try (Session session = Session.open(scratch, "test");
                FrameworkCommands commands = FrameworkCommands.of(PSQL, Project.at(root), cancellation)
                        .orElseThrow()) {
            session.execute("CREATE TABLE done (version text PRIMARY KEY);"
                    + " CREATE TABLE orders (id bigint PRIMARY KEY, status text)");
            return new Interpreter(commands, scratch).both(migration);
        }
    }

    private Work work(Migration migration, Direction direction) {
        SqlForm form = form(migration);
        Script script = form.script(direction).orElseThrow();
        ParsedScript parsed = Scripts.parse(script.text());
        FactContext facts = FactContext.plain(PostgresVersion.ofMajor(18), script.transactionMode());
        return Work.of(form, direction, parsed, Facts.of(parsed, facts));
    }

    private void transactional() throws IOException {
        write("1.up.sql", "BEGIN; ALTER TABLE orders ADD region text; INSERT INTO done VALUES ('1'); COMMIT;");
        write("1.down.sql", "BEGIN; ALTER TABLE orders DROP region; DELETE FROM done WHERE version = '1'; COMMIT;");
    }

    private boolean regionIsThere() {
        return isTrue("SELECT count(*) = 1 FROM pg_attribute WHERE attrelid = 'orders'::regclass"
                + " AND attname = 'region'");
    }

    @Test
    void upAndDownAreJournaledAndToldAsTheyHappen() throws IOException {
        transactional();
        assertThat(run(Direction.UP)).isEqualTo(StepRunner.Outcome.CARRIED_OUT);
        assertThat(regionIsThere()).isTrue();
        assertThat(events)
                .hasAtLeastOneElementOfType(RunEvent.Begun.class)
                .hasAtLeastOneElementOfType(RunEvent.StatementFinished.class)
                .hasAtLeastOneElementOfType(RunEvent.StepFinished.class)
                .hasAtLeastOneElementOfType(RunEvent.Finished.class);
        try (Session session = Session.open(url, "test")) {
            assertThat(EventLog.journal(session, "1").applied()).isPresent();
            assertThat(Ledger.unfinished(session, "1")).isEmpty();
        }
        assertThat(run(Direction.UP)).isEqualTo(StepRunner.Outcome.ALREADY_DONE);
        assertThat(run(Direction.DOWN)).isEqualTo(StepRunner.Outcome.CARRIED_OUT);
        assertThat(regionIsThere()).isFalse();
    }

    @Test
    void aLongReaderIsWaitedForAndNobodyQueuesBehindTheWait() throws Exception {
        transactional();
        CountDownLatch reading = new CountDownLatch(1);
        Thread reader = Thread.ofVirtual().start(() -> {
            try (Session session = Session.open(url, "report")) {
                session.begin();
                session.query("SELECT count(*) AS n FROM orders", row -> row.number("n"));
                reading.countDown();
                while (events.stream().noneMatch(RunEvent.WaitingForQuiet.class::isInstance)) {
                    session.query("SELECT pg_sleep(0.05)::text AS x", row -> row.text("x"));
                }
                session.commit();
            }
        });
        reading.await();
        run(Direction.UP);
        reader.join();
        assertThat(regionIsThere()).isTrue();
        assertThat(events).hasAtLeastOneElementOfType(RunEvent.WaitingForQuiet.class);
    }

    /// The script itself opens the gap: it sleeps with its transaction open, and a lock is taken meanwhile.
    @Test
    void aTransactionThatMissesItsLockIsRunAgain() throws Exception {
        write(
                "1.up.sql",
                "BEGIN; SELECT pg_sleep(0.6); ALTER TABLE orders ADD region text; INSERT INTO done VALUES ('1'); COMMIT;");
        write("1.down.sql", "BEGIN; ALTER TABLE orders DROP region; DELETE FROM done; COMMIT;");
        Thread reader = Thread.ofVirtual().start(() -> {
            try (Session session = Session.open(url, "report")) {
                while (sleepers(session) == 0) {
                    Thread.onSpinWait();
                }
                session.begin();
                session.query("SELECT count(*) AS n FROM orders", row -> row.number("n"));
                session.query("SELECT pg_sleep(1)::text AS x", row -> row.text("x"));
                session.commit();
            }
        });
        run(Direction.UP);
        reader.join();
        assertThat(events).hasAtLeastOneElementOfType(RunEvent.LockMissed.class);
        assertThat(regionIsThere()).isTrue();
        assertThat(isTrue("SELECT count(*) = 1 FROM done")).isTrue();
    }

    @Test
    void anIndexIsBuiltConcurrentlyWhateverTimeoutTheRoleHas() throws IOException {
        write(
                "1.up.sql",
                "SET lock_timeout = '1ms';\nCREATE INDEX CONCURRENTLY orders_status ON orders (status);\n"
                        + "INSERT INTO done VALUES ('1');");
        write("1.down.sql", "DROP INDEX CONCURRENTLY orders_status;\nDELETE FROM done;");
        run(Direction.UP);
        assertThat(isTrue("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_status'::regclass"))
                .isTrue();
    }

    @Test
    void anInvalidIndexOfAFailedBuildIsDroppedBeforeTheNext() throws IOException {
        write(
                "1.up.sql",
                "CREATE UNIQUE INDEX CONCURRENTLY orders_status ON orders (status);\nINSERT INTO done VALUES ('1');");
        write("1.down.sql", "DROP INDEX CONCURRENTLY orders_status;\nDELETE FROM done;");
        assertThatThrownBy(() -> run(Direction.UP)).hasMessageContaining("could not create unique index");
        assertThat(isTrue("SELECT NOT indisvalid FROM pg_index WHERE indexrelid = 'orders_status'::regclass"))
                .isTrue();
        on("UPDATE orders SET status = id::text");
        run(Direction.UP);
        assertThat(events).hasAtLeastOneElementOfType(RunEvent.LeftoverDropped.class);
        assertThat(isTrue("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_status'::regclass"))
                .isTrue();
    }

    @Test
    void aFailureLeavesItsWordsAndNoRow() throws IOException {
        transactional();
        Work work;
        try (FrameworkCommands commands =
                FrameworkCommands.of(PSQL, Project.at(root), cancellation).orElseThrow()) {
            work = work(commands.migrations().find("1"), Direction.UP);
            on("ALTER TABLE orders ADD region int");
            FrameworkRunner runner = new FrameworkRunner(commands, url);
            RunContext context = context();
            assertThatThrownBy(() -> runner.run(work, context))
                    .isInstanceOf(GodwitException.class)
                    .hasMessageContaining("already exists");
        }
        assertThat(isTrue("SELECT count(*) = 0 FROM done")).isTrue();
        try (Session session = Session.open(url, "test")) {
            assertThat(EventLog.journal(session, "1").applied()).isEmpty();
        }
    }

    @Test
    void aProgramThatSaysDoneWithoutARowIsNotBelieved() throws IOException {
        write("1.up.sql", "ALTER TABLE orders ADD region text;");
        write("1.down.sql", "ALTER TABLE orders DROP region;");
        assertThatThrownBy(() -> run(Direction.UP))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("does not name 1");
    }

    @Test
    void aStopEndsTheProgramAndLeavesNothing() throws Exception {
        write(
                "1.up.sql",
                "BEGIN; ALTER TABLE orders ADD region text; SELECT pg_sleep(0.3); INSERT INTO done VALUES ('1');"
                        + " COMMIT;");
        write("1.down.sql", "ALTER TABLE orders DROP region; DELETE FROM done;");
        Thread stopper = Thread.ofVirtual().start(() -> {
            while (events.stream().noneMatch(RunEvent.StatementFinished.class::isInstance)) {
                Thread.onSpinWait();
            }
            cancellation.request();
        });
        assertThatThrownBy(() -> run(Direction.UP)).isInstanceOf(GodwitException.class);
        stopper.join();
        assertThat(regionIsThere()).isFalse();
    }
}
