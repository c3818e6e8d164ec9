package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.problem.Problem;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Django itself, on a real server.
class RealDjangoTest {
    private static final List<String> ALL = List.of(
            "customers.0001_initial",
            "customers.0002_customer_user",
            "orders.0001_initial",
            "orders.0002_index_by_customer",
            "orders.0003_note");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private FrameworkRun<Django> run;

    @BeforeEach
    void copyTheProject() throws IOException {
        run = FrameworkRun.of(new Django(), directory);
    }

    /// The order is Django's, and what Django needs of its own apps comes along without being counted.
    @SideBySide
    void appliesAndUndoesOneMigrationAtATime() throws IOException {
        assertThat(run.list().migrations()).extracting(Migration::version).containsExactlyElementsOf(ALL);
        assertThat(run.applied()).isEmpty();
        for (int i = 0; i < ALL.size(); i++) {
            run.upFine(ALL.get(i));
            assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(ALL.subList(0, i + 1));
        }
        assertThat(run.query("SELECT name FROM django_migrations WHERE app = 'auth'"))
                .isNotEmpty();
        assertThat(run.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_by_customer'::regclass"))
                .containsExactly("t");
        for (int i = ALL.size() - 1; i >= 0; i--) {
            run.assertFine(run.down(ALL.get(i)));
            assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(ALL.subList(0, i));
        }
        assertThat(run.query("SELECT relname FROM pg_class WHERE relname ~ '^(orders|customers)_'"))
                .isEmpty();
        try (Stream<Path> files = Files.walk(run.root)) {
            assertThat(files.filter(file -> file.endsWith("__pycache__"))).isEmpty();
        }
    }

    /// A foreign key is deferred SQL, so the row comes in a later transaction; a plain column's row does not.
    @SideBySide
    void repairsTheRowThatACrashAfterTheCommitHasSwallowed() {
        run.upFine("customers.0001_initial");
        TestClusters.execute(run.url, """
                CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE 'the connection was cut'; END $$;
                CREATE TRIGGER cut BEFORE INSERT ON django_migrations FOR EACH ROW EXECUTE FUNCTION cut()
                """);
        Problem cut = run.failure(run.up("orders.0001_initial"));
        assertThat(cut.what()).isEqualTo("Django: the connection was cut");
        assertThat(run.query("SELECT to_regclass('orders_order')"))
                .as("the effect stays")
                .containsExactly("orders_order");
        assertThat(run.applied()).containsExactly("customers.0001_initial");
        TestClusters.execute(run.url, "DROP TRIGGER cut ON django_migrations");
        assertThat(run.failure(run.up("orders.0001_initial")).where()).contains("DuplicateTable");

        MigrationSet set = run.list();
        Migration orders = set.find("orders.0001_initial");
        run.execute(run.framework.rowAdded(run.project(), set, orders));
        assertThat(run.applied()).containsExactlyInAnyOrder("customers.0001_initial", "orders.0001_initial");
        run.upFine("orders.0002_index_by_customer");
        run.execute(run.framework.rowRemoved(run.project(), set, set.find("orders.0002_index_by_customer")));
        assertThat(run.applied()).containsExactlyInAnyOrder("customers.0001_initial", "orders.0001_initial");
    }

    @SideBySide
    void undoesJustOneOfTwoBranchesAndTheirMerge() throws IOException {
        branch("0004_a", "0003_note", "a");
        branch("0004_b", "0003_note", "b");
        run.write("orders/migrations/0005_merge.py", """
                from django.db import migrations


                class Migration(migrations.Migration):
                    dependencies = [("orders", "0004_a"), ("orders", "0004_b")]
                """);
        List<String> order = run.list().migrations().stream()
                .map(Migration::version)
                .filter(version -> !version.contains("customer_user"))
                .toList();
        order.forEach(run::upFine);
        assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(order);
        for (int i = order.size() - 1; i >= order.size() - 3; i--) {
            run.assertFine(run.down(order.get(i)));
            assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(order.subList(0, i));
        }
        assertThat(run.query("SELECT attname FROM pg_attribute WHERE attrelid = 'orders_order'::regclass"
                        + " AND attname IN ('a', 'b')"))
                .isEmpty();
    }

    private void branch(String name, String parent, String column) throws IOException {
        run.write("orders/migrations/" + name + ".py", """
                from django.db import migrations


                class Migration(migrations.Migration):
                    dependencies = [("orders", "%s")]
                    operations = [
                        migrations.RunSQL(
                            "ALTER TABLE orders_order ADD %s text", "ALTER TABLE orders_order DROP %s"
                        )
                    ]
                """.formatted(parent, column, column));
    }

    @SideBySide
    void runsASquashedMigrationInPlaceOfOthers() throws IOException {
        run.write("orders/migrations/0001_squashed_0002.py", """
                from django.db import migrations, models


                class Migration(migrations.Migration):
                    replaces = [("orders", "0001_initial"), ("orders", "0002_index_by_customer")]
                    dependencies = [("customers", "0001_initial")]
                    operations = [
                        migrations.CreateModel(
                            name="Order",
                            fields=[("id", models.BigAutoField(primary_key=True))],
                        ),
                    ]
                """);
        List<String> expected = List.of("customers.0001_initial", "orders.0001_squashed_0002", "orders.0003_note");
        expected.forEach(run::upFine);
        assertThat(run.applied()).containsExactlyInAnyOrderElementsOf(expected);
        MigrationSet set = run.list();
        Migration squashed = set.find("orders.0001_squashed_0002");
        run.assertFine(run.down("orders.0003_note"));
        List<String> rows = rows();
        run.execute(run.framework.rowRemoved(run.project(), set, squashed));
        run.execute(run.framework.rowAdded(run.project(), set, squashed));
        assertThat(rows()).isEqualTo(rows);
    }

    private List<String> rows() {
        return run.query("SELECT name FROM django_migrations WHERE app = 'orders' ORDER BY name");
    }

    @SideBySide
    void saysWhenAnOperationHasNoWayBack() throws IOException {
        run.write("customers/migrations/0003_sql.py", """
                from django.db import migrations


                class Migration(migrations.Migration):
                    dependencies = [("customers", "0001_initial"), ("customers", "0002_customer_user")]
                    operations = [migrations.RunSQL("CREATE TABLE once ()")]
                """);
        List.of("customers.0001_initial", "customers.0002_customer_user", "customers.0003_sql")
                .forEach(run::upFine);
        assertThat(run.migration("customers.0003_sql").down()).isEmpty();
        Problem problem = run.failure(run.down("customers.0003_sql"));
        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        assertThat(run.applied()).contains("customers.0003_sql");
    }

    @SideBySide
    void leavesNothingOfAMigrationThatFails() throws IOException {
        run.upFine("customers.0001_initial");
        run.write("customers/migrations/0002_customer_user.py", """
                from django.db import migrations


                class Migration(migrations.Migration):
                    dependencies = [("customers", "0001_initial")]
                    operations = [migrations.RunSQL(["CREATE TABLE half ()", "SELECT nothing FROM nowhere"])]
                """);
        Problem problem = run.failure(run.up("customers.0002_customer_user"));
        assertThat(problem.what()).isEqualTo("Django: relation \"nowhere\" does not exist");
        assertThat(problem.where()).isEqualTo("customers.0002_customer_user (UndefinedTable)");
        assertThat(run.query("SELECT to_regclass('half')")).containsExactly("null");
        assertThat(run.applied()).containsExactly("customers.0001_initial");
    }

    @SideBySide
    void runsWhatItWroteJustAsItWasTyped() throws IOException {
        String sql = """
                CREATE TABLE odd (a text DEFAULT ':name \\: 100% %s "quoted" \\', c text DEFAULT 'over
                  lines', d text DEFAULT '\"""');
                CREATE INDEX CONCURRENTLY odd_a ON odd (a);
                """;
        NewFile.writeAll(run.framework.newMigration(
                run.project(),
                new NewMigration(
                        "customers.odd",
                        Optional.of(sql),
                        Optional.of("DROP INDEX CONCURRENTLY odd_a; DROP TABLE odd;"),
                        TransactionMode.AUTO,
                        Instant.parse("2026-11-22T10:30:00Z"))));
        List.of("customers.0001_initial", "customers.0002_customer_user", "customers.0003_odd")
                .forEach(run::upFine);
        TestClusters.execute(run.url, "INSERT INTO odd DEFAULT VALUES");
        assertThat(run.query("SELECT a FROM odd")).containsExactly(":name \\: 100% %s \"quoted\" \\");
        assertThat(run.query("SELECT c FROM odd")).containsExactly("over\n  lines");
        assertThat(run.query("SELECT d FROM odd")).containsExactly("\"\"\"");
        run.assertFine(run.down("customers.0003_odd"));
        assertThat(run.query("SELECT to_regclass('odd')")).containsExactly("null");
    }
}
