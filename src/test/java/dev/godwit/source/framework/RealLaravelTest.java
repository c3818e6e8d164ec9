package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.SideBySide;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.TransactionMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Laravel itself, as Debian packages it, against PostgreSQL.
class RealLaravelTest {
    private static final String FIRST = "2024_01_01_000000_create_customers";
    private static final String SECOND = "2024_01_02_000000_add_email_to_customers";
    private static final String THIRD = "2024_01_02_000000_index_customers_on_email";
    private static final String FOURTH = "2024_01_04_000000_later";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private FrameworkRun<Laravel> run;

    @BeforeEach
    void copy() throws IOException {
        run = FrameworkRun.of(new Laravel(), directory);
    }

    @SideBySide
    void appliesExactlyOneAndUndoesExactlyOne() {
        assertThat(run.applied()).isEmpty();
        run.upFine(FIRST);
        assertThat(run.applied()).containsExactly(FIRST);
        run.upFine(SECOND);
        run.upFine(THIRD);
        assertThat(run.applied()).containsExactly(FIRST, SECOND, THIRD);
        assertThat(run.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'customers_email'::regclass"))
                .containsExactly("t");
        run.assertFine(run.down(THIRD));
        run.assertFine(run.down(SECOND));
        assertThat(run.applied()).containsExactly(FIRST);
        assertThat(columns()).containsExactly("id", "name");
    }

    private List<String> columns() {
        return run.query("SELECT attname FROM pg_attribute WHERE attrelid = 'customers'::regclass AND attnum > 0"
                + " AND NOT attisdropped ORDER BY attnum");
    }

    /// `migrate:rollback --step=1` takes the newest of the newest batch, and without `--step` the whole batch.
    @SideBySide
    void undoesTheWantedOneWhateverItsBatch() {
        List.of(FIRST, SECOND, THIRD).forEach(run::upFine);
        run.execute(List.of("UPDATE migrations SET batch = 1"));
        run.assertFine(run.down(THIRD));
        assertThat(run.applied()).containsExactly(FIRST, SECOND);
        run.execute(List.of(
                "INSERT INTO migrations (migration, batch) VALUES ('2020_01_01_000000_gone', 7)",
                "UPDATE migrations SET batch = 9 WHERE migration = '" + FIRST + "'"));
        run.assertFine(run.down(SECOND));
        assertThat(run.appliedByTable()).containsExactly("2020_01_01_000000_gone", FIRST);
        assertThat(columns()).containsExactly("id", "name");
    }

    @SideBySide
    void doesNotTakeAnExitCodeOf0ForDone() {
        run.upFine(FIRST);
        Invocation.Finished again = run.up(FIRST);
        assertThat(again.exitCode()).isZero();
        assertThat(run.failure(again).what()).isEqualTo("Laravel: it found nothing to migrate");
        Invocation.Finished notApplied = run.down(SECOND);
        assertThat(notApplied.exitCode()).isZero();
        assertThat(run.failure(notApplied).what()).contains("it undid nothing");
        run.assertFine(run.down(FIRST));
        assertThat(run.failure(run.down(FIRST)).what()).contains("nothing to roll back");
    }

    /// Laravel would take the row away, leave the column, and end with 0.
    @SideBySide
    void doesNotRollBackWhatHasNoDown() throws IOException {
        run.upFine(FIRST);
        later("", "ALTER TABLE customers ADD COLUMN phone text");
        run.upFine(FOURTH);
        assertThat(run.migration(FOURTH).down()).isEmpty();
        assertThatThrownBy(() -> run.down(FOURTH))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("has no down");
        assertThat(run.applied()).containsExactly(FIRST, FOURTH);

        later("public function down() { DB::statement('ANALYZE'); }", "SELECT 1");
        Invocation down = run.framework.down(run.place(), run.migration(FOURTH));
        later("", "SELECT 1");
        Invocation.Finished finished = run.run(down);
        assertThat(finished.exitCode()).isZero();
        assertThat(run.applied()).containsExactly(FIRST);
        assertThat(columns()).contains("phone");
    }

    private void later(String down, String... up) throws IOException {
        StringBuilder statements = new StringBuilder();
        List.of(up)
                .forEach(sql ->
                        statements.append("        DB::statement('").append(sql).append("');\n"));
        run.write("database/migrations/" + FOURTH + ".php", """
                <?php

                use Illuminate\\Database\\Migrations\\Migration;
                use Illuminate\\Support\\Facades\\DB;

                return new class extends Migration
                {
                    public function up()
                    {
                %s    }

                    %s
                };
                """.formatted(statements, down));
    }

    @SideBySide
    void saysWhatFailedAndWhatAFailureWithoutATransactionLeaves() throws IOException {
        List.of(FIRST, SECOND).forEach(run::upFine);
        later("", "ALTER TABLE customers ADD COLUMN phone text", "ALTER TABLE customers ADD COLUMN email text");
        Problem failed = run.failure(run.up(FOURTH));
        assertThat(failed.what()).isEqualTo("Laravel: column \"email\" of relation \"customers\" already exists");
        assertThat(failed.where()).contains("SQLSTATE 42701");
        assertThat(columns()).doesNotContain("phone");
        assertThat(run.applied()).containsExactly(FIRST, SECOND);

        run.execute(List.of(
                "INSERT INTO customers (name, email) SELECT 'Ada', 'ada@example.com'" + " FROM generate_series(1, 2)"));
        Problem unique = run.failure(run.up(THIRD));
        assertThat(unique.what()).contains("could not create unique index").doesNotContain("ada@example.com", "Key");
        assertThat(run.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'customers_email'::regclass"))
                .containsExactly("f");
        assertThat(run.applied()).containsExactly(FIRST, SECOND);
    }

    @SideBySide
    void namesNoValueOfAnInsert() throws IOException {
        run.upFine(FIRST);
        later("", "INSERT INTO customers (id, name) VALUES (1, $$Ada$$), (1, $$Ada$$)");
        Problem failed = run.failure(run.up(FOURTH));
        assertThat(failed.what()).contains("duplicate key value").doesNotContain("Ada", "(1)");
    }

    /// The row is written after the migration's commit, so a crash can swallow it.
    @SideBySide
    void mendsARecordThatACrashHasSwallowed() {
        run.upFine(FIRST);
        run.upFine(SECOND);
        run.execute(run.framework.rowRemoved(run.project(), run.list(), run.migration(SECOND)));
        assertThat(run.applied()).containsExactly(FIRST);
        List<String> mended = run.framework.rowAdded(run.project(), run.list(), run.migration(SECOND));
        run.execute(mended);
        run.execute(mended);
        assertThat(run.applied()).containsExactly(FIRST, SECOND);
        assertThat(run.query("SELECT migration || batch FROM migrations ORDER BY id"))
                .containsExactly(FIRST + "1", SECOND + "2");
        run.execute(run.framework.rowRemoved(run.project(), run.list(), run.migration(SECOND)));
        run.execute(run.framework.rowRemoved(run.project(), run.list(), run.migration(FIRST)));
        run.execute(run.framework.rowAdded(run.project(), run.list(), run.migration(FIRST)));
        assertThat(run.query("SELECT batch FROM migrations")).containsExactly("1");
    }

    @SideBySide
    void isNotLedElsewhereByACachedConfiguration() throws IOException {
        Invocation up = run.framework.up(run.place(), run.migration(FIRST));
        Invocation cache = new Invocation(List.of("php", "artisan", "config:cache"), up.directory(), Map.of());
        Files.createDirectories(run.root.resolve("bootstrap/cache"));
        assertThat(run.run(cache).exitCode()).isZero();
        assertThat(run.root.resolve("bootstrap/cache/config.php")).content().contains("db.invalid");
        run.upFine(FIRST);
        assertThat(run.applied()).containsExactly(FIRST);
    }

    @SideBySide
    void refusesAConnectionThatIsWrittenOut() throws IOException {
        String config = Files.readString(run.root.resolve("config/database.php"));
        run.write(
                "config/database.php",
                config.replaceAll("env\\('(?:DATABASE_URL)'\\)", "'postgresql://db.invalid/shop'")
                        .replaceAll("env\\('DB_HOST'[^)]*\\)", "'db.invalid'"));
        assertThatThrownBy(() -> run.up(FIRST))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().where()).isEqualTo("config/database.php"));
    }

    @SideBySide
    void wantsNoYesInProduction() {
        Invocation up = run.framework.up(run.place(), run.migration(FIRST));
        List<String> command = new ArrayList<>(up.command());
        command.remove("--force");
        Problem canceled = run.failure(run.run(new Invocation(command, up.directory(), up.environment())));
        assertThat(canceled.what()).contains("this is production");
        run.assertFine(run.run(up));
    }

    @SideBySide
    void writesWhatLaravelRuns() {
        run.upFine(FIRST);
        write("add_region", """
                -- the region: 'a\\b' and $nothing
                ALTER TABLE customers ADD COLUMN region text DEFAULT 'a\\b{$x}?';
                CREATE FUNCTION two() RETURNS text LANGUAGE sql AS $$
                  SELECT 'one
                    two'
                $$;
                """, "DROP FUNCTION two(); ALTER TABLE customers DROP COLUMN region;");
        write("index_region", """
                CREATE INDEX CONCURRENTLY customers_region ON customers (region);
                CREATE INDEX CONCURRENTLY customers_name ON customers (name);
                """, "DROP INDEX CONCURRENTLY customers_region; DROP INDEX CONCURRENTLY customers_name");
        write("analyze", "ANALYZE customers", "-- godwit:no-op statistics need no undo");
        List<String> written =
                List.of("2026_11_22_103000_add_region", "2026_11_22_103001_index_region", "2026_11_22_103002_analyze");
        written.forEach(run::upFine);
        assertThat(run.query("SELECT two()")).containsExactly("one\n    two");
        assertThat(run.query("SELECT column_default FROM information_schema.columns WHERE column_name = 'region'"))
                .containsExactly("'a\\b{$x}?'::text");
        written.reversed().forEach(name -> run.assertFine(run.down(name)));
        assertThat(run.applied()).containsExactly(FIRST);
        assertThat(columns()).doesNotContain("region");
    }

    private void write(String name, String up, String down) {
        NewFile.writeAll(run.framework.newMigration(
                run.project(),
                new NewMigration(
                        name,
                        Optional.of(up),
                        Optional.of(down),
                        TransactionMode.AUTO,
                        Instant.parse("2026-11-22T10:30:00Z"))));
    }
}
