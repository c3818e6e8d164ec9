package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Flyway itself, in a JVM of its own, against PostgreSQL.
class RealFlywayTest {
    private static final String ROWS = "SELECT concat_ws('|', installed_rank, version, description, type, script,"
            + " checksum, installed_by, success) FROM flyway_schema_history ORDER BY installed_rank";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private FrameworkRun<Flyway> run;

    @BeforeEach
    void copy() throws IOException {
        run = FrameworkRun.of(new Flyway(), directory);
    }

    @SideBySide
    void appliesExactlyOneAndGodwitUndoesExactlyOne() {
        assertThat(run.applied()).isEmpty();
        run.upFine("1");
        assertThat(run.applied()).containsExactly("1");
        run.upFine("2");
        assertThat(run.applied()).containsExactly("1", "2");
        undo(run.migration("2"));
        assertThat(run.applied()).containsExactly("1");
        assertThat(columns()).containsExactly("id", "name");
        run.upFine("2");
        assertThat(columns()).containsExactly("id", "name", "email");
    }

    private void undo(Migration migration) {
        run.execute(List.of(migration.down().orElseThrow().text().content()));
        run.execute(run.framework.rowRemoved(run.project(), run.list(), migration));
    }

    private List<String> columns() {
        return run.query("SELECT attname FROM pg_attribute WHERE attrelid = 'customers'::regclass AND attnum > 0"
                + " AND NOT attisdropped ORDER BY attnum");
    }

    /// With Flyway's usual lock this never ends: the index waits for the snapshot of Flyway's own second connection.
    @SideBySide
    void buildsAnIndexConcurrentlyWithoutWaitingForItself() {
        List.of("1", "2", "2.1").forEach(run::upFine);
        assertThat(run.applied()).containsExactly("1", "2", "2.1");
        assertThat(run.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'customers_email'::regclass"))
                .containsExactly("t");
        undo(run.migration("2.1"));
        assertThat(run.applied()).containsExactly("1", "2");
    }

    @SideBySide
    void runsRepeatablesOneByOneAndAgainWhenTheyChange() throws IOException {
        List.of("1", "2", "2.1").forEach(run::upFine);
        run.upFine("R__named_customers");
        assertThat(run.applied()).containsExactly("1", "2", "2.1", "R__named_customers");
        run.upFine("R__numbered_customers");
        assertThat(run.applied()).contains("R__named_customers", "R__numbered_customers");
        run.write(
                "sql/R__named_customers.sql",
                "CREATE OR REPLACE VIEW named_customers AS SELECT id, name, 1 AS one" + " FROM customers;");
        assertThat(run.applied()).contains("R__numbered_customers").doesNotContain("R__named_customers");
        run.upFine("R__named_customers");
        assertThat(run.applied()).contains("R__named_customers");
        assertThat(run.query("SELECT count(*) FROM flyway_schema_history")).containsExactly("6");
    }

    @SideBySide
    void writesTheRowsThatFlywayWrites() throws IOException {
        run.write("sql/sub/V3__odd-name.SQL", "\uFEFFSELECT 'é',\r\n 2;\r\n\n");
        run.write("sql/V4.sql", "");
        List<String> all = List.of("1", "2", "2.1", "3", "4", "R__named_customers", "R__numbered_customers");
        all.forEach(run::upFine);
        List<String> flyways = run.query(ROWS);
        for (String version : all) {
            run.execute(run.framework.rowRemoved(run.project(), run.list(), run.migration(version)));
        }
        assertThat(run.query(ROWS)).isEmpty();
        for (String version : all) {
            run.execute(run.framework.rowAdded(run.project(), run.list(), run.migration(version)));
        }
        assertThat(run.query(ROWS)).isEqualTo(flyways).hasSize(7);
        assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(all);
    }

    @SideBySide
    void saysWhatFailedAndWhatAFailureWithoutATransactionLeaves() throws IOException {
        List.of("1", "2", "2.1").forEach(run::upFine);
        run.write("sql/V3__again.sql", "SELECT 1;\n\nALTER TABLE customers ADD COLUMN email text;\n");
        Problem failed = run.failure(run.up("3"));
        assertThat(failed.what()).isEqualTo("Flyway: column \"email\" of relation \"customers\" already exists");
        assertThat(failed.where()).isEqualTo("sql/V3__again.sql:3, SQLSTATE 42701");
        assertThat(run.applied()).containsExactly("1", "2", "2.1");

        run.execute(List.of("INSERT INTO customers (name) VALUES ('Ada'), ('Ada')"));
        run.write("sql/V3__again.sql", "CREATE UNIQUE INDEX CONCURRENTLY one_name ON customers (name);\n");
        Problem unique = run.failure(run.up("3"));
        assertThat(unique.what()).contains("could not create unique index").doesNotContain("Ada");
        assertThat(run.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_name'::regclass"))
                .containsExactly("f");
        assertThat(run.applied()).containsExactly("1", "2", "2.1");
        assertThat(run.failure(run.up("3")).remedy()).contains("flyway repair");

        run.execute(List.of("DROP INDEX one_name", "CREATE INDEX one_name ON customers (name)"));
        run.execute(run.framework.rowAdded(run.project(), run.list(), run.migration("3")));
        assertThat(run.applied()).containsExactly("1", "2", "2.1", "3");
    }

    @SideBySide
    void saysThatAFileWasEdited() throws IOException {
        run.upFine("1");
        run.write("sql/V1__create_customers.sql", "CREATE TABLE customers (id bigint);\n");
        Problem edited = run.failure(run.up("2"));
        assertThat(edited.what()).contains("checksum mismatch for migration version 1");
        assertThat(edited.remedy()).contains("flyway repair");
    }

    /// Without the jar of its reports Flyway prints the error and ends with 0.
    @SideBySide
    void doesNotTrustTheExitCode() throws IOException {
        run.write("sql/V1__create_customers.sql", "CREATE TABLE customers (id nonsense);\n");
        Invocation up = run.framework.up(run.place(), run.migration("1"));
        List<String> command = new ArrayList<>(up.command());
        int jars = command.indexOf("-cp") + 1;
        Path without = Files.createDirectory(directory.resolve("jars"));
        try (var all = Files.list(Path.of(command.get(jars)).getParent())) {
            for (Path jar :
                    all.filter(j -> !j.toString().contains("flyway-reports")).toList()) {
                Files.copy(jar, without.resolve(jar.getFileName()));
            }
        }
        command.set(jars, without + "/*");
        Invocation.Finished finished = run.run(new Invocation(command, up.directory(), up.environment()));
        assertThat(finished.exitCode()).isZero();
        assertThat(run.failure(finished).what()).contains("to version \"1 - create customers\" failed!");
    }

    @SideBySide
    void runsWhatCameLateAndASpringProjectWithATableOfItsOwn() throws IOException {
        run.upFine("1");
        run.upFine("2");
        run.write("sql/V1_5__late.sql", "CREATE TABLE late (id bigint);\n");
        run.upFine("1.5");
        assertThat(run.applied()).containsExactly("1", "1.5", "2");

        Files.delete(run.root.resolve("flyway.toml"));
        Files.createDirectories(run.root.resolve("src/main/resources/db"));
        Files.move(run.root.resolve("sql"), run.root.resolve("src/main/resources/db/migration"));
        run.write("src/main/resources/application.properties", "spring.flyway.table=steps\n");
        run.execute(List.of("DROP TABLE late, customers CASCADE", "DROP TABLE flyway_schema_history"));
        run.upFine("1");
        assertThat(run.applied()).containsExactly("1");
        assertThat(run.query("SELECT version FROM steps")).containsExactly("1");
    }

    @SideBySide
    void readsABaselineAsFlywayDoes() {
        Invocation status = run.framework.status(run.place());
        List<String> command = new ArrayList<>(status.command());
        command.set(command.size() - 1, "baseline");
        command.add(command.size() - 1, "-baselineVersion=2");
        Map<String, String> environment = new HashMap<>(status.environment());
        run.assertFine(run.run(new Invocation(command, status.directory(), environment)));
        assertThat(run.applied()).containsExactly("1", "2");
    }
}
