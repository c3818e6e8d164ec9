package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.TransactionMode;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Alembic itself, on a real server.
class RealAlembicTest {
    private static final String CUSTOMERS = "3f2a9c5d7e10";
    private static final String ORDERS = "8b41e0c6a2f3";
    private static final String INDEX = "c07d5512be94";
    private static final String ADDRESS = "e9a6604f1d28";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private FrameworkRun<Alembic> run;

    @BeforeEach
    void copyTheProject() throws IOException {
        run = FrameworkRun.of(new Alembic(), directory);
    }

    @SideBySide
    void appliesAndUndoesOneRevisionAtATime() throws IOException {
        List<String> all = List.of(CUSTOMERS, ORDERS, INDEX, ADDRESS);
        assertThat(run.applied()).isEmpty();
        for (int i = 0; i < all.size(); i++) {
            run.upFine(all.get(i));
            assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(all.subList(0, i + 1));
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            run.assertFine(run.down(all.get(i)));
            assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(all.subList(0, i));
        }
        assertThat(tables()).containsExactly("alembic_version");
        try (Stream<Path> files = Files.walk(run.root)) {
            assertThat(files.filter(file -> file.endsWith("__pycache__"))).isEmpty();
        }
    }

    /// `upgrade head` would leave the index without its version; the next run would die of it.
    @SideBySide
    void keepsTheVersionOfAnAutocommitBlockWhenALaterRevisionFails() throws IOException {
        run.upFine(CUSTOMERS);
        run.upFine(ORDERS);
        breakTheLast();
        assertThat(headAtOnce().exitCode()).isEqualTo(1);
        assertThat(indexes()).as("the trap is there").containsExactly("orders_customer_id");
        assertThat(run.appliedByTable()).containsExactlyInAnyOrder(CUSTOMERS, ORDERS);
        TestClusters.execute(run.url, "DROP INDEX orders_customer_id");

        run.upFine(INDEX);
        Problem problem = run.failure(run.up(ADDRESS));
        assertThat(problem.what()).isEqualTo("Alembic: relation \"nowhere\" does not exist");
        assertThat(problem.where()).endsWith("e9a6604f1d28_add_default_address.py:19 (UndefinedTable)");
        assertThat(indexes()).containsExactly("orders_customer_id");
        assertThat(run.applied()).containsExactlyInAnyOrder(CUSTOMERS, ORDERS, INDEX);
    }

    private void breakTheLast() throws IOException {
        Path last = run.migration(ADDRESS).file();
        Files.writeString(last, Files.readString(last).replace("TABLE customers ADD", "TABLE nowhere ADD"));
    }

    private Invocation.Finished headAtOnce() {
        Invocation one = run.framework.up(run.place(), run.migration(ADDRESS));
        List<String> command = one.command().stream()
                .map(word -> word.equals(ADDRESS) ? "head" : word)
                .toList();
        return run.run(new Invocation(command, one.directory(), one.environment()));
    }

    @SideBySide
    void undoesJustOneOfSeveralBranchesAndMerges() throws IOException {
        graph();
        List<String> order =
                run.list().migrations().stream().map(Migration::version).toList();
        assertThat(order).hasSize(10);
        for (String version : order) {
            run.upFine(version);
        }
        assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(order);
        for (int i = order.size() - 1; i >= 0; i--) {
            run.assertFine(run.down(order.get(i)));
            assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(order.subList(0, i));
        }
    }

    /// What Godwit would write is what Alembic writes, at every place of a graph with branches and merges.
    @SideBySide
    void repairsTheVersionTableToWhatAlembicWouldHaveWritten() throws IOException {
        graph();
        MigrationSet set = run.list();
        for (Migration migration : set.migrations()) {
            List<String> before = table();
            run.upFine(migration.version());
            List<String> after = table();
            run.execute(run.framework.rowRemoved(run.project(), set, migration));
            assertThat(table()).as("without " + migration.id()).isEqualTo(before);
            run.execute(run.framework.rowAdded(run.project(), set, migration));
            assertThat(table()).as("with " + migration.id()).isEqualTo(after);
        }
    }

    @SideBySide
    void leadsAnEnvPyThatMakesItsOwnAddressToTheRightDatabase() throws IOException {
        run.write("alembic/env.py", """
                from alembic import context
                from sqlalchemy import create_engine

                engine = create_engine("postgresql://nobody:wrong@192.0.2.1:1/elsewhere?sslmode=require")
                with engine.connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """);
        run.upFine(CUSTOMERS);
        assertThat(run.applied()).containsExactly(CUSTOMERS);
    }

    @SideBySide
    void stopsAtADatabaseThatIsNoPostgres() throws IOException {
        run.write("alembic/env.py", """
                from sqlalchemy import create_engine
                create_engine("sqlite://").connect()
                """);
        Problem problem = run.failure(run.up(CUSTOMERS));
        assertThat(problem.what()).isEqualTo("env.py connects to sqlite, not to PostgreSQL");
    }

    @SideBySide
    void saysWhatARevisionWithoutItsFileIs() {
        run.upFine(CUSTOMERS);
        TestClusters.execute(run.url, "UPDATE alembic_version SET version_num = 'deadbeef'");
        Problem problem = run.failure(run.up(ORDERS));
        assertThat(problem.remedy()).contains("deadbeef");
        assertThat(run.appliedByTable()).containsExactly("deadbeef");
    }

    @SideBySide
    void saysWhenTheAuthorKnewNoWayBack() throws IOException {
        revision("f1", "'" + ADDRESS + "'", "pass", "raise NotImplementedError");
        assertThat(run.migration("f1").down()).isEmpty();
        for (String version : List.of(CUSTOMERS, ORDERS, INDEX, ADDRESS, "f1")) {
            run.upFine(version);
        }
        Problem problem = run.failure(run.down("f1"));
        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        assertThat(problem.where()).contains("f1_test.py");
        assertThat(run.applied()).contains("f1");
    }

    /// Colons are parameters to SQLAlchemy, per cent signs to psycopg2, backslashes to Python.
    @SideBySide
    void runsWhatItWroteJustAsItWasTyped() throws IOException {
        String sql = """
                CREATE TABLE odd (a text DEFAULT ':name \\: 100% %s "quoted" \\', b interval DEFAULT '12:30'::interval,
                    c text DEFAULT 'over
                  lines', d text DEFAULT '\"""');
                CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$
                SELECT ';:x'::text;
                $$;
                CREATE INDEX CONCURRENTLY odd_a ON odd (a);
                """;
        NewFile.writeAll(run.framework.newMigration(
                run.project(),
                new NewMigration(
                        "odd",
                        Optional.of(sql),
                        Optional.of("DROP INDEX CONCURRENTLY odd_a; DROP FUNCTION f(); DROP TABLE odd;"),
                        TransactionMode.AUTO,
                        Instant.parse("2026-11-22T10:30:00Z"))));
        for (Migration migration : run.list().migrations()) {
            run.upFine(migration.version());
        }
        TestClusters.execute(run.url, "INSERT INTO odd DEFAULT VALUES");
        assertThat(run.query("SELECT a FROM odd")).containsExactly(":name \\: 100% %s \"quoted\" \\");
        assertThat(run.query("SELECT c FROM odd")).containsExactly("over\n  lines");
        assertThat(run.query("SELECT d FROM odd")).containsExactly("\"\"\"");
        assertThat(run.query("SELECT f()")).containsExactly(";:x");
        run.assertFine(run.down(run.list().migrations().getLast().version()));
        assertThat(tables()).doesNotContain("odd");
    }

    /// Two bases, two branches, a merge, a dependency across, and a branch beside a merge.
    private void graph() throws IOException {
        Set<Migration> before = Set.copyOf(run.list().migrations());
        for (Migration migration : before) {
            Files.delete(migration.file());
        }
        revision("a", "None", "pass", "pass");
        revision("b1", "'a'", "pass", "pass");
        revision("b2", "'a'", "pass", "pass");
        revision("b3", "'a'", "pass", "pass");
        revision("c1", "'b1'", "pass", "pass");
        revision("m", "('c1', 'b2')", "pass", "pass");
        revision("n", "'m'", "pass", "pass");
        revision("x", "None", "pass", "pass");
        revision("y", "'x'\ndepends_on = ('b1',)", "pass", "pass");
        revision("z", "('m', 'b3')\ndepends_on = 'x'", "pass", "pass");
    }

    private void revision(String id, String down, String up, String undo) throws IOException {
        run.write("alembic/versions/" + id + "_test.py", """
                revision = '%s'
                down_revision = %s


                def upgrade():
                    %s


                def downgrade():
                    %s
                """.formatted(id, down, up, undo));
    }

    private List<String> table() {
        return run.query("SELECT to_regclass('alembic_version')").getFirst().equals("null")
                ? List.of()
                : run.query("SELECT version_num FROM alembic_version ORDER BY 1");
    }

    private List<String> tables() {
        return run.query("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
    }

    private List<String> indexes() {
        return run.query("SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid"
                + " WHERE relname LIKE 'orders%' AND NOT indisprimary");
    }
}
