package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.SideBySide;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.TransactionMode;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Rails itself, as Debian packages it, against PostgreSQL.
class RealRailsTest {
    private static final String FIRST = "20240101000000";
    private static final String SECOND = "20240102000000";
    private static final String THIRD = "20240103000000";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private FrameworkRun<Rails> run;

    @BeforeEach
    void copy() throws IOException {
        run = FrameworkRun.of(new Rails(), directory);
    }

    @SideBySide
    void appliesExactlyOneAndUndoesExactlyOne() {
        assertThat(run.applied()).isEmpty();
        run.upFine(FIRST);
        assertThat(run.applied()).containsExactly(FIRST);
        run.upFine(SECOND);
        run.upFine(THIRD);
        assertThat(run.applied()).containsExactly(FIRST, SECOND, THIRD);
        assertThat(run.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'index_customers_on_email'::regclass"))
                .containsExactly("t");
        run.assertFine(run.down(THIRD));
        run.assertFine(run.down(SECOND));
        assertThat(run.applied()).containsExactly(FIRST);
        assertThat(columns()).containsExactly("id", "name", "created_at", "updated_at");
        assertThat(run.query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " AND relkind = 'r' ORDER BY 1"))
                .containsExactly("ar_internal_metadata", "customers", "schema_migrations");
    }

    private List<String> columns() {
        return run.query("SELECT attname FROM pg_attribute WHERE attrelid = 'customers'::regclass AND attnum > 0"
                + " AND NOT attisdropped ORDER BY attnum");
    }

    @SideBySide
    void writesNoSchemaDumpIntoTheProject() {
        run.upFine(FIRST);
        assertThat(run.root.resolve("db/schema.rb")).doesNotExist();
    }

    @SideBySide
    void saysWhatFailedAndWhatAFailureWithoutATransactionLeaves() throws IOException {
        List.of(FIRST, SECOND).forEach(run::upFine);
        run.write("db/migrate/20240104000000_again.rb", """
                class Again < ActiveRecord::Migration[6.1]
                  def up
                    execute "ALTER TABLE customers ADD COLUMN phone text"
                    execute "ALTER TABLE customers ADD COLUMN email text"
                  end
                end
                """);
        Problem failed = run.failure(run.up("20240104000000"));
        assertThat(failed.what()).isEqualTo("Rails: column \"email\" of relation \"customers\" already exists");
        assertThat(failed.where()).isEqualTo("db/migrate/20240104000000_again.rb:4");
        assertThat(columns()).doesNotContain("phone");
        assertThat(run.applied()).containsExactly(FIRST, SECOND);

        run.execute(List.of("INSERT INTO customers (name, email, created_at, updated_at)"
                + " SELECT 'Ada', 'ada@example.com', now(), now() FROM generate_series(1, 2)"));
        Problem unique = run.failure(run.up(THIRD));
        assertThat(unique.what()).contains("could not create unique index").doesNotContain("ada@example.com", "Key");
        assertThat(run.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'index_customers_on_email'::regclass"))
                .containsExactly("f");
        assertThat(run.applied()).containsExactly(FIRST, SECOND);

        run.execute(List.of(
                "DROP INDEX index_customers_on_email",
                "CREATE INDEX index_customers_on_email ON customers" + " (email)"));
        run.execute(run.framework.rowAdded(run.project(), run.list(), run.migration(THIRD)));
        assertThat(run.applied()).containsExactly(FIRST, SECOND, THIRD);
        run.execute(run.framework.rowRemoved(run.project(), run.list(), run.migration(THIRD)));
        assertThat(run.applied()).containsExactly(FIRST, SECOND);
    }

    @SideBySide
    void runsWhatCameLateAndNothingElse() {
        run.upFine(FIRST);
        run.execute(List.of("INSERT INTO schema_migrations VALUES ('20240109000000')"));
        run.upFine(SECOND);
        assertThat(run.applied()).containsExactly(FIRST, SECOND, "20240109000000");
    }

    @SideBySide
    void saysThatThereIsNoWayBack() throws IOException {
        run.upFine(FIRST);
        run.write("db/migrate/20240104000000_one_way.rb", """
                class OneWay < ActiveRecord::Migration[6.1]
                  def up
                    execute "ANALYZE customers"
                  end

                  def down
                    raise ActiveRecord::IrreversibleMigration
                  end
                end
                """);
        run.upFine("20240104000000");
        assertThat(run.migration("20240104000000").down()).isEmpty();
        Problem failed = run.failure(run.down("20240104000000"));
        assertThat(failed.what()).contains("ActiveRecord::IrreversibleMigration");
        assertThat(run.applied()).contains("20240104000000");
    }

    /// Rails cannot turn these round, and the listing says so before anything is run.
    @SideBySide
    void agreesWithRailsOnWhatChangeCannotTurnRound() throws IOException {
        run.upFine(FIRST);
        run.write("db/migrate/20240104000000_one_way.rb", """
                class OneWay < ActiveRecord::Migration[6.1]
                  def change
                    execute "ANALYZE customers"
                  end
                end
                """);
        run.upFine("20240104000000");
        assertThat(run.migration("20240104000000").down()).isEmpty();
        run.failure(run.down("20240104000000"));
    }

    @SideBySide
    void saysThatAnotherIsRunning() throws Exception {
        run.upFine(FIRST);
        String database = run.query("SELECT current_database()").getFirst();
        CRC32 crc = new CRC32();
        crc.update(database.getBytes(StandardCharsets.UTF_8));
        try (var connection = TestClusters.connect(run.url);
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + crc.getValue() * 2_053_462_845L + ")");
            Problem failed = run.failure(run.up(SECOND));
            assertThat(failed.what()).contains("ConcurrentMigrationError", "another migration process is currently");
            assertThat(failed.remedy()).contains("wait until it has ended");
        }
        run.upFine(SECOND);
    }

    @SideBySide
    void saysThatTheGemfileIsNotSatisfied() throws IOException {
        run.write("Gemfile", "source \"https://rubygems.org\"\ngem \"rails\"\ngem \"pg\"\ngem \"gem-of-nobody\"\n");
        Problem failed = run.failure(run.up(FIRST));
        assertThat(failed.what()).contains("the Gemfile is not satisfied on this machine", "gem-of-nobody");
        assertThat(failed.remedy()).contains("bundle install");
    }

    @SideBySide
    void isNotLedElsewhereByAUrlOfTheProject() throws IOException {
        run.write("config/database.yml", """
                development:
                  adapter: postgresql
                  url: <%= ENV.fetch("SHOP_URL") %>
                """);
        run.upFine(FIRST);
        assertThat(run.applied()).containsExactly(FIRST);
        run.write("config/database.yml", """
                development:
                  url: postgresql://db.invalid/shop
                """);
        assertThatThrownBy(() -> run.up(SECOND))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().where()).isEqualTo("config/database.yml:2"));
    }

    @SideBySide
    void runsAProjectOfSeveralDatabases() throws IOException {
        run.write("config/database.yml", """
                development:
                  primary:
                    adapter: postgresql
                    database: shop
                  animals:
                    adapter: postgresql
                    host: db.invalid
                    database: animals
                    migrations_paths: db/animals
                """);
        run.upFine(FIRST);
        assertThat(run.applied()).containsExactly(FIRST);
        run.assertFine(run.down(FIRST));
        assertThat(run.applied()).isEmpty();
    }

    @SideBySide
    void writesWhatRailsRuns() throws IOException {
        run.upFine(FIRST);
        write("add_region", """
                -- the region: 'a\\b' and #{nothing}
                ALTER TABLE customers ADD COLUMN region text DEFAULT 'a\\b#{x}';
                CREATE FUNCTION two() RETURNS text LANGUAGE sql AS $$
                  SELECT 'one
                    SQL
                two'
                $$;
                """, "DROP FUNCTION two(); ALTER TABLE customers DROP COLUMN region;");
        write("index_region", """
                CREATE INDEX CONCURRENTLY customers_region ON customers (region);
                CREATE INDEX CONCURRENTLY customers_name ON customers (name);
                """, "DROP INDEX CONCURRENTLY customers_region; DROP INDEX CONCURRENTLY customers_name");
        write("analyze", "ANALYZE customers", "-- godwit:no-op statistics need no undo");
        List.of("add_region", "index_region", "analyze").forEach(run::upFine);
        assertThat(run.query("SELECT two()")).containsExactly("one\n    SQL\ntwo");
        assertThat(run.query("SELECT column_default FROM information_schema.columns WHERE column_name = 'region'"))
                .containsExactly("'a\\b#{x}'::text");
        assertThat(run.migration("analyze").down()).isPresent();
        List.of("analyze", "index_region", "add_region").forEach(name -> run.assertFine(run.down(name)));
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
