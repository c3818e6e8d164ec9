package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.TransactionMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Liquibase itself, in a JVM of its own, against PostgreSQL.
class RealLiquibaseTest {
    private static final String CUSTOMERS = "customers_ada_db-changelog-001_customers.sql";
    private static final String EMAIL = "email_grace_db-changelog-002_email.yaml";
    private static final String INDEX = "customers-email_ada_db-changelog-indexes-customers_email.sql";
    private static final String ORDERS = "orders_grace_db-changelog-db.changelog-master.xml";
    private static final String ROWS = "SELECT concat_ws('|', id, author, filename, orderexecuted, exectype)"
            + " FROM databasechangelog ORDER BY orderexecuted";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private FrameworkRun<Liquibase> run;

    @BeforeEach
    void copy() throws IOException {
        run = FrameworkRun.of(new Liquibase(), directory);
    }

    @SideBySide
    void appliesAndUndoesExactlyOne() {
        assertThat(run.list().migrations())
                .extracting(Migration::version)
                .containsExactly(CUSTOMERS, EMAIL, INDEX, ORDERS);
        assertThat(run.applied()).isEmpty();
        assertThat(run.query("SELECT to_regclass('databasechangelog')"))
                .as("asking for the status makes no table")
                .containsExactly("null");
        List<String> done = new ArrayList<>();
        for (String version : List.of(CUSTOMERS, EMAIL, INDEX, ORDERS)) {
            run.upFine(version);
            done.add(version);
            assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(done);
        }
        assertThat(run.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'customers_email'::regclass"))
                .containsExactly("t");
        run.assertFine(run.down(ORDERS));
        assertThat(run.query("SELECT to_regclass('orders')")).containsExactly("null");
        run.assertFine(run.down(INDEX));
        run.assertFine(run.down(EMAIL));
        assertThat(run.applied()).containsExactly(CUSTOMERS);
        assertThat(run.query("SELECT attname FROM pg_attribute WHERE attrelid = 'customers'::regclass AND attnum > 0"
                        + " AND NOT attisdropped ORDER BY attnum"))
                .containsExactly("id", "name");
    }

    /// Liquibase commits the effect, and its row in a transaction of its own after that.
    @SideBySide
    void writesItsRowInALaterTransactionAndGodwitCanWriteItToo() {
        run.upFine(CUSTOMERS);
        run.execute(List.of("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE 'the server went away'; END $$""", """
                CREATE TRIGGER refuse BEFORE INSERT ON databasechangelog FOR EACH ROW EXECUTE FUNCTION refuse()"""));
        assertThat(run.failure(run.up(EMAIL)).what()).contains("the server went away");
        assertThat(run.query("SELECT count(email) FROM customers"))
                .as("the effect is there")
                .containsExactly("0");
        run.execute(List.of("DROP FUNCTION refuse() CASCADE"));
        assertThat(run.applied()).as("its record is not").containsExactly(CUSTOMERS);
        run.execute(run.framework.rowAdded(run.project(), run.list(), run.migration(EMAIL)));
        assertThat(run.applied()).containsExactlyInAnyOrder(CUSTOMERS, EMAIL);
        run.upFine(INDEX);
        run.assertFine(run.down(INDEX));
        run.assertFine(run.down(EMAIL));
        assertThat(run.applied()).containsExactly(CUSTOMERS);
    }

    @SideBySide
    void writesTheRowsThatLiquibaseWrites() {
        List<String> all = List.of(CUSTOMERS, EMAIL, INDEX, ORDERS);
        all.forEach(run::upFine);
        List<String> liquibases = run.query(ROWS);
        List<String> checksums = run.query("SELECT md5sum FROM databasechangelog ORDER BY orderexecuted");
        for (String version : all) {
            run.execute(run.framework.rowRemoved(run.project(), run.list(), run.migration(version)));
        }
        assertThat(run.query(ROWS)).isEmpty();
        for (String version : all) {
            run.execute(run.framework.rowAdded(run.project(), run.list(), run.migration(version)));
        }
        assertThat(run.query(ROWS)).isEqualTo(liquibases).hasSize(4);
        assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(all);
        run.assertFine(run.run(with(run.framework.up(run.place(), run.migration(ORDERS)), "update")));
        assertThat(run.query("SELECT md5sum FROM databasechangelog ORDER BY orderexecuted"))
                .as("liquibase update fills the checksums in")
                .isEqualTo(checksums);
    }

    /// The same command line, with another command for `update-count --count=1`.
    private static Invocation with(Invocation invocation, String word) {
        List<String> command = new ArrayList<>(invocation.command());
        command.removeIf(argument -> argument.startsWith("--count="));
        command.replaceAll(argument -> argument.equals("update-count") ? word : argument);
        return new Invocation(command, invocation.directory(), invocation.environment());
    }

    @SideBySide
    void doesNotWaitForALockThatAKilledRunLeft() {
        run.upFine(CUSTOMERS);
        run.execute(List.of("UPDATE databasechangeloglock SET locked = true, lockgranted = now(), lockedby = 'gone'"));
        Problem locked = run.failure(run.up(EMAIL));
        assertThat(locked.what()).contains("Could not acquire change log lock").contains("gone");
        assertThat(locked.remedy()).contains("liquibase release-locks");
        assertThat(run.applied()).containsExactly(CUSTOMERS);
        run.assertFine(run.run(with(run.framework.up(run.place(), run.migration(EMAIL)), "release-locks")));
        run.upFine(EMAIL);
    }

    @SideBySide
    void saysWhatFailed() throws IOException {
        run.upFine(CUSTOMERS);
        run.upFine(EMAIL);
        run.execute(List.of("INSERT INTO customers (name) VALUES ('Ada'), ('Ada')"));
        String index = "db/changelog/indexes/customers_email.sql";
        String good = Files.readString(run.root.resolve(index));
        run.write(
                index,
                good.replace(
                        "INDEX CONCURRENTLY customers_email ON customers (email)",
                        "UNIQUE INDEX CONCURRENTLY customers_email ON customers (name)"));
        Problem failed = run.failure(run.up(INDEX));
        assertThat(failed.what())
                .contains("could not create unique index \"customers_email\"")
                .doesNotContain("Ada");
        assertThat(failed.where()).isEqualTo("db/changelog/indexes/customers_email.sql::customers-email::ada");
        assertThat(run.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'customers_email'::regclass"))
                .containsExactly("f");
        assertThat(run.applied()).containsExactlyInAnyOrder(CUSTOMERS, EMAIL);

        run.write(index, good.replace(" runInTransaction:false", ""));
        run.execute(List.of("DROP INDEX customers_email"));
        assertThat(run.failure(run.up(INDEX)).remedy()).contains("runInTransaction");

        run.write(
                "db/changelog/001_customers.sql",
                "--liquibase formatted sql\n\n--changeset ada:customers\nSELECT 1;\n");
        Problem edited = run.failure(run.up(INDEX));
        assertThat(edited.where()).isEqualTo("db/changelog/001_customers.sql::customers::ada");
        assertThat(edited.remedy()).contains("edited after it was applied");
    }

    @SideBySide
    void saysThatThereIsNoWayBack() throws IOException {
        run.write(
                "db/changelog/001_customers.sql",
                "--liquibase formatted sql\n\n--changeset ada:customers\nCREATE TABLE customers (id bigint);\n");
        run.upFine(CUSTOMERS);
        assertThat(run.migration(CUSTOMERS).down()).isEmpty();
        assertThat(run.failure(run.down(CUSTOMERS)).remedy()).contains("write the changeset's rollback");
        assertThat(run.applied()).containsExactly(CUSTOMERS);
    }

    @SideBySide
    void countsPastWhatAlwaysRunsAndPassesOverOtherDatabases() throws IOException {
        run.write("db/changelog/001_customers.sql", """
                --liquibase formatted sql
                --changeset ada:always runAlways:true
                SELECT 1;
                --changeset ada:oracle dbms:oracle
                SELECT 1 FROM dual;
                --changeset ada:customers
                CREATE TABLE customers (id bigint);
                """);
        String always = "always_ada_db-changelog-001_customers.sql";
        run.upFine(always);
        assertThat(run.applied()).containsExactly(always);
        run.upFine(CUSTOMERS);
        assertThat(run.applied()).containsExactlyInAnyOrder(always, CUSTOMERS);
    }

    @SideBySide
    void runsASpringProjectAndWhatGodwitWroteInEveryForm() throws IOException {
        Files.delete(run.root.resolve("liquibase.properties"));
        run.write(
                "src/main/resources/application.properties",
                "spring.liquibase.change-log=classpath:db/main.yaml\nspring.liquibase.database-change-log-table=STEPS\n");
        String xml = LiquibaseText.document(".xml", "");
        run.write("src/main/resources/db/main.yaml", "databaseChangeLog:\n  - include: {file: classpath:db/a.xml}\n");
        run.write("src/main/resources/db/a.xml", xml);
        for (String ending : List.of("xml", "json", "yaml", "sql")) {
            NewMigration request = new NewMigration(
                    "to_" + ending,
                    Optional.of("CREATE FUNCTION f_" + ending + "() RETURNS boolean LANGUAGE plpgsql AS $$\nBEGIN\n"
                            + "    RETURN 1 < 2;\nEND $$;\nSELECT '\"<&'"),
                    Optional.of("DROP FUNCTION f_" + ending + "()"),
                    TransactionMode.AUTO,
                    Instant.parse("2026-11-22T10:30:00Z"));
            String changelog = "src/main/resources/db/last." + ending;
            run.write(
                    changelog,
                    switch (ending) {
                        case "xml" -> xml;
                        case "json" -> "{\"databaseChangeLog\": []}";
                        case "yaml" -> "databaseChangeLog: []\n";
                        default -> "--liquibase formatted sql\n";
                    });
            run.write(
                    "src/main/resources/db/main.yaml",
                    "databaseChangeLog:\n  - include: {file: classpath:db/a.xml}\n  - include:\n      file: db/last."
                            + ending + "\n");
            NewFile.writeAll(run.framework.newMigration(run.project(), request));
            Migration written = run.list().migrations().getLast();
            run.upFine(written.id());
            assertThat(run.applied()).contains(written.version());
            run.assertFine(run.down(written.id()));
            assertThat(run.query("SELECT count(*) FROM pg_proc WHERE proname LIKE 'f\\_%'"))
                    .containsExactly("0");
        }
        assertThat(run.query("SELECT to_regclass('steps')")).containsExactly("steps");
    }
}
