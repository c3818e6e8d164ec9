package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.EmbeddedPostgres.Request;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A database on a disk of fixed size, catalogs and ledger included: when it is full, the error says so, nothing is
/// half done, and the same command goes on when there is room.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiskFullTest {
    private static final int MEGABYTES = 40;
    private static final int ROWS = 20_000;
    private static final int FEW = 200_000;

    private final EmbeddedPostgres postgres = EmbeddedPostgres.start(Request.of(18));
    private final SmallDisk disk = SmallDisk.mount(postgres, MEGABYTES);
    private TestDatabase database = new TestDatabase(postgres.url("postgres"));
    private boolean full;

    @BeforeAll
    void createTablespace() {
        database.session.execute("CREATE TABLESPACE small LOCATION '" + disk.location() + "'");
        database.close();
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
        disk.close();
    }

    @BeforeEach
    void createDatabase() {
        CrashScene.execute(postgres.url("postgres"), "CREATE DATABASE shop TABLESPACE small");
        database = new TestDatabase(postgres.url("shop"));
        database.session.execute("CREATE TABLE marker (n int);"
                + "CREATE TABLE orders (id int PRIMARY KEY, total int, touched int DEFAULT 0)"
                + " WITH (autovacuum_enabled = off);"
                + "INSERT INTO orders SELECT n, n FROM generate_series(1, " + ROWS + ") n");
    }

    @AfterEach
    void dropDatabase() {
        if (full) {
            free();
        }
        database.close();
        CrashScene.execute(postgres.url("postgres"), "DROP DATABASE shop WITH (FORCE)");
    }

    private void fill(int left) {
        database.session.execute("CHECKPOINT");
        disk.fill(left);
        full = true;
    }

    private void free() {
        disk.free();
        full = false;
    }

    private void runRefused(Work work, String place) {
        assertThatThrownBy(() -> database.run(work)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().kind()).isEqualTo(Problem.Kind.DATABASE);
            assertThat(e.problem().what()).startsWith("the server's disk is full: could not extend file \"pg_tblspc/");
            assertThat(e.problem().where()).isEqualTo(place + "SQLSTATE 53100");
            assertThat(e.problem().remedy())
                    .isEqualTo("free space on the server's disk, then run the same command again");
        });
    }

    private static String line(int line) {
        return "migrations/1_test.up.sql:" + line + ", ";
    }

    private void applyFirst() {
        database.run(TestWork.up("0", "INSERT INTO marker VALUES (0)"));
    }

    @Test
    void aTransactionLeavesNothing() {
        applyFirst();
        Work work = TestWork.up(
                "1",
                "INSERT INTO marker VALUES (1);\n" + "ALTER TABLE orders ADD COLUMN luck float8 DEFAULT random();");
        fill(FEW);

        runRefused(work, line(1));

        assertThat(database.texts("SELECT n FROM marker")).containsExactly("0");
        assertThat(database.number("SELECT count(*) FROM pg_attribute WHERE attname = 'luck'"))
                .isZero();
        free();
        database.run(work);
        assertThat(database.texts("SELECT n FROM marker")).containsExactly("0", "1");
        assertThat(database.number("SELECT count(luck) FROM orders")).isEqualTo(ROWS);
    }

    @Test
    void anIndexBuiltConcurrentlyIsNotLeftInvalid() {
        applyFirst();
        Work work = TestWork.up("1", "CREATE INDEX CONCURRENTLY by_total ON orders (total);");
        fill(FEW);

        runRefused(work, line(1));

        assertThat(indexes()).isEqualTo("orders_pkey true");
        free();
        database.run(work);
        assertThat(indexes()).isEqualTo("by_total true, orders_pkey true");
    }

    private String indexes() {
        return database.texts("SELECT string_agg(indexrelid::regclass || ' ' || indisvalid, ', '"
                        + " ORDER BY indexrelid::regclass::text) FROM pg_index WHERE indrelid = 'orders'::regclass")
                .getFirst();
    }

    @Test
    void aBackfillKeepsItsBatchesAndGoesOn() {
        applyFirst();
        Work work = TestWork.up("1", "-- godwit:backfill batch=1000\nUPDATE orders SET touched = touched + 1;");
        fill(FEW);

        runRefused(work, line(2));

        assertThat(database.number("SELECT count(*) FROM orders WHERE touched = 1"))
                .isEqualTo(database.number("SELECT changed FROM godwit.backfill"))
                .isBetween(1L, ROWS - 1L);
        free();
        database.run(work);
        assertThat(database.number("SELECT count(*) FROM orders WHERE touched = 1"))
                .isEqualTo(ROWS);
    }

    @Test
    void aLedgerThatCannotGrowHidesNothingAndLosesNothing() {
        applyFirst();
        Work work = TestWork.unwrapped(
                "1",
                IntStream.rangeClosed(1, 120)
                        .mapToObj(n -> "INSERT INTO marker VALUES (" + n + ");")
                        .collect(Collectors.joining("\n")));
        fill(0);

        assertThatThrownBy(() -> database.run(work)).hasMessageContaining("the server's disk is full: ");

        long done = database.number("SELECT count(*) FROM godwit.step WHERE state = 'done'");
        assertThat(done).isBetween(2L, 100L);
        assertThat(database.number("SELECT count(*) FROM marker")).isEqualTo(done);
        free();
        database.run(work);
        assertThat(database.number("SELECT count(*) - count(DISTINCT n) FROM marker"))
                .isZero();
        assertThat(database.number("SELECT count(*) FROM marker")).isEqualTo(121);
    }

    @Test
    void aLedgerThatCannotBeMadeIsNotHalfMade() {
        Work work = TestWork.up("1", "INSERT INTO marker VALUES (1)");
        fill(0);

        runRefused(work, "");

        assertThat(database.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'godwit'"))
                .isZero();
        free();
        database.run(work);
        assertThat(database.texts("SELECT n FROM marker")).containsExactly("1");
    }
}
