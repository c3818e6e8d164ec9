package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Endpoint;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.OwnRunner.Place;
import dev.godwit.source.Project;
import dev.godwit.source.TransactionMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What Laravel's adapter says from files and answers alone; `RealLaravelTest` asks Laravel itself.
class LaravelTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final String A = """
            <?php
            return new class extends Migration
            {
                public function up(): void { DB::statement('SELECT 1'); }
                public function down(): void { DB::statement('SELECT 2'); }
            };
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    private final Laravel laravel = new Laravel();

    @TestFactory
    Stream<DynamicTest> listsEveryCaseAsExpected() throws IOException {
        return ListingCases.of(laravel);
    }

    @Test
    void findsAMigrationByTheLastWordsOfItsFile() {
        MigrationSet set = new Laravel().list(Path.of("src/test/resources/frameworks/laravel/project"));
        assertThat(set.find("create_customers").id()).isEqualTo("2024_01_01_000000_create_customers");
        assertThatThrownBy(() -> set.find("customers")).isInstanceOf(GodwitException.class);
        assertThatThrownBy(() -> set.find("reate_customers")).isInstanceOf(GodwitException.class);
    }

    @Test
    void isKnownByArtisan() throws IOException {
        assertThat(laravel.recognises(root)).isFalse();
        write("artisan", "");
        assertThat(laravel.recognises(root)).isTrue();
    }

    @Test
    void findsMigrationsInSeveralDirectories() throws IOException {
        write("a/2024_01_02_000000_a.php", A);
        write("b/2024_01_01_000000_b.php", A);
        Project project = new Project(root, Optional.of("a,b"), Optional.empty());
        assertThat(laravel.list(project).migrations())
                .extracting(Migration::id)
                .containsExactly("2024_01_01_000000_b", "2024_01_02_000000_a");
        write("b/2024_01_02_000000_a.php", A);
        assertThat(laravel.list(project).problems())
                .singleElement()
                .satisfies(p -> assertThat(p.what()).contains("2 files have one name"));
    }

    @Test
    void readsTheTablesNameFromTheConfiguration() throws IOException {
        assertThat(laravel.versionTable(Project.at(root)).name()).hasToString("public.migrations");
        write("config/database.php", "<?php return [ // 'migrations' => 'no'\n'migrations' => 'steps'];");
        assertThat(laravel.ownTables(Project.at(root))).singleElement().hasToString("public.steps");
        write("config/database.php", "<?php return ['migrations' => [\n 'table' => 'moves', 'x' => true]];");
        assertThat(laravel.ownTables(Project.at(root))).singleElement().hasToString("public.moves");
    }

    @Test
    void readsItsStatusInBothForms() {
        String table = """
                +------+-------------------------------+-------+
                | Ran? | Migration                     | Batch |
                +------+-------------------------------+-------+
                | Yes  | 2024_01_01_000000_create_a    | 1     |
                | No   | 2024_01_02_000000_create_b    |       |
                +------+-------------------------------+-------+
                """;
        String lines = """

                  Migration name ............................ Batch / Status
                  2024_01_01_000000_create_a ....................... [1] Ran
                  2024_01_02_000000_create_b ....................... Pending

                """;
        for (String output : new String[] {table, lines}) {
            assertThat(laravel.appliedAccordingTo(laravel.list(root), new Invocation.Finished(0, output, "")))
                    .containsExactly("2024_01_01_000000_create_a");
        }
        assertThat(failure(1, "Migration table not found.", "")).isEmpty();
    }

    @Test
    void readsTheWordsOfNewerReleases() {
        assertThat(failure(0, """
                   INFO  Rolling back migrations.

                  2024_01_02_000000_create_b ................. Migration not found
                  2024_01_01_000000_create_a ........................ 12ms DONE
                """, "")).isEmpty();
        assertThat(failure(0, "  2024_01_02_000000_create_b .......... Migration not found\n", ""))
                .isPresent();
        assertThat(failure(1, "   WARN  Command cancelled.", "").orElseThrow().what())
                .contains("this is production");
        Problem newer = failure(1, """
                   Illuminate\\Database\\QueryException

                  SQLSTATE[23505]: Unique violation: 7 ERROR:  duplicate key value violates unique constraint "a"
                DETAIL:  Key (id)=(1) already exists. (Connection: pgsql, SQL: insert into a values (1))

                  at database/migrations/2024_01_01_000000_create_a.php:12
                """, "").orElseThrow();
        assertThat(newer.what()).isEqualTo("Laravel: duplicate key value violates unique constraint \"a\"");
        assertThat(newer.where()).isEqualTo("database/migrations/2024_01_01_000000_create_a.php:12, SQLSTATE 23505");
    }

    @Test
    void saysWhatIsMissingOnTheMachine() {
        assertThat(failure(1, "", "could not find driver (SQL: select)")
                        .orElseThrow()
                        .remedy())
                .contains("php-pgsql");
        assertThat(failure(255, "PHP Fatal error: Failed opening required '/shop/vendor/autoload.php'", "")
                        .orElseThrow()
                        .remedy())
                .isEqualTo("composer install");
        assertThat(failure(1, "SQLSTATE[08006] [7] connection to server refused", "")
                        .orElseThrow()
                        .where())
                .isEqualTo("SQLSTATE 08006");
        assertThat(failure(9, "", "").orElseThrow().what()).contains("exit code 9");
    }

    private Optional<Problem> failure(int code, String output, String errors) {
        return laravel.failure(new Invocation.Finished(code, output, errors));
    }

    @Test
    void pointsTheCommandElsewhereByItsEnvironmentAlone() throws IOException {
        write("artisan", "");
        write("database/migrations/2024_01_01_000000_a.php", A);
        Migration migration = laravel.list(root).migrations().getFirst();
        Invocation up = laravel.up(place(), migration);
        assertThat(up.command())
                .startsWith("php", "artisan", "migrate", "--force", "--step")
                .contains("--path=database/migrations/2024_01_01_000000_a.php");
        assertThat(up.display()).doesNotContain("secret");
        assertThat(up.environment())
                .containsEntry("DATABASE_URL", "postgresql://app:secret@127.0.0.1:6543/shop?sslmode=disable")
                .containsEntry("DB_URL", "postgresql://app:secret@127.0.0.1:6543/shop?sslmode=disable")
                .containsEntry("DB_HOST", "127.0.0.1")
                .containsEntry("DB_PASSWORD", "secret")
                .containsEntry(
                        "APP_CONFIG_CACHE", root.resolve("scratch/config.php").toString())
                .doesNotContainKey("APP_ENV");
        Project elsewhere = new Project(root.resolve("copy"), Optional.empty(), Optional.empty());
        write("copy/artisan", "");
        assertThat(laravel.down(place(elsewhere), migration).command())
                .contains("--realpath", "--path=" + migration.file().toAbsolutePath());
    }

    @Test
    void runsNothingWithoutArtisan() {
        assertThatThrownBy(() -> laravel.status(place()))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("no artisan");
    }

    @Test
    void writesInTheFormOfTheNewest() throws IOException {
        assertThat(written("add region").content()).contains("return new class extends Migration", "up()\n", "};\n");
        write("database/migrations/2027_01_01_000000_a.php", A);
        NewFile typed = written("add region");
        assertThat(typed.path()).isEqualTo(root.resolve("database/migrations/2027_01_01_000001_add_region.php"));
        assertThat(typed.content()).isEqualTo("""
                <?php

                use Illuminate\\Database\\Migrations\\Migration;
                use Illuminate\\Support\\Facades\\DB;

                return new class extends Migration
                {
                    public $withinTransaction = false;

                    public function up(): void
                    {
                        DB::statement(<<<'SQL'
                            CREATE INDEX CONCURRENTLY i ON t (a)
                            SQL);
                    }

                    public function down(): void
                    {
                        DB::unprepared(<<<'SQL'
                            SELECT '?'
                            SQL);
                    }
                };
                """);
        write("database/migrations/2027_02_01_000000_b.php", A.replace("return new class", "class B"));
        assertThat(written("add region").content()).contains("class AddRegion extends Migration\n", "    }\n}\n");
    }

    private NewFile written(String name) {
        NewMigration request = new NewMigration(
                name,
                Optional.of("CREATE INDEX CONCURRENTLY i ON t (a);"),
                Optional.of("SELECT '?';"),
                TransactionMode.AUTO,
                NOW);
        return laravel.newMigration(Project.at(root), request).getFirst();
    }

    @Test
    void writesASkeletonThatIsNotTakenForFinished() {
        NewFile.writeAll(laravel.newMigration(
                Project.at(root),
                new NewMigration("later", Optional.empty(), Optional.empty(), TransactionMode.AUTO, NOW)));
        MigrationSet set = laravel.list(root);
        assertThat(set.problems()).isEmpty();
        assertThat(set.migrations())
                .singleElement()
                .satisfies(m -> assertThat(m.down()).isEmpty());
    }

    private Place place() {
        return place(Project.at(root));
    }

    private Place place(Project project) {
        Endpoint endpoint = new Endpoint("127.0.0.1", 6543, "shop", "app", Optional.of("secret"));
        return new Place(project, laravel.list(root), endpoint, root.resolve("scratch"));
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
