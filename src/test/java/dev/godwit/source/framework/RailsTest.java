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

/// What Rails' adapter says from files and answers alone; `RealRailsTest` asks Rails itself.
class RailsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final String A = "class A < ActiveRecord::Migration[7.1]\n  def change\n  end\nend\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    private final Rails rails = new Rails();

    @TestFactory
    Stream<DynamicTest> listsEveryCaseAsExpected() throws IOException {
        return ListingCases.of(rails);
    }

    @Test
    void isKnownByItsProgramOrItsFiles() throws IOException {
        assertThat(rails.recognises(root)).isFalse();
        write("Gemfile", "gem \"sinatra\"\n");
        assertThat(rails.recognises(root)).isFalse();
        write("db/migrate/1_a.rb", A);
        assertThat(rails.recognises(root)).isTrue();
        assertThat(rails.recognises(Path.of("src/test/resources/frameworks/rails/project")))
                .isTrue();
    }

    @Test
    void findsMigrationsInSeveralDirectories() throws IOException {
        write("db/migrate/2_a.rb", A);
        write("db/more/1_b.rb", A.replace("class A", "class B"));
        Project project = new Project(root, Optional.of("db/migrate, db/more"), Optional.empty());
        assertThat(rails.list(project).migrations()).extracting(Migration::id).containsExactly("1_b", "2_a");
    }

    @Test
    void readsItsStatus() throws IOException {
        String status = """

                database: shop

                 Status   Migration ID    Migration Name
                --------------------------------------------------
                   up     001             Create customers
                   up     20240101000000  ********** NO FILE **********
                  down    20240102000000  Up to date
                """;
        assertThat(rails.appliedAccordingTo(rails.list(root), new Invocation.Finished(0, status, "")))
                .containsExactly("1", "20240101000000");
        assertThat(failure(1, "", "Schema migrations table does not exist yet."))
                .isEmpty();
    }

    @Test
    void saysWhatRailsSaidWithoutValuesOfRows() {
        assertThat(failure(0, "", "warning: something")).isEmpty();
        Problem failed = failure(1, "", """
                rails aborted!
                StandardError: An error has occurred, all later migrations canceled:

                PG::UniqueViolation: ERROR:  could not create unique index "i"
                DETAIL:  Key (email)=(ada@example.com) is duplicated.

                /shop/db/migrate/20240103000000_index.rb:5:in `change'
                """).orElseThrow();
        assertThat(failed.what()).isEqualTo("Rails: could not create unique index \"i\"");
        assertThat(failed.where()).isEqualTo("db/migrate/20240103000000_index.rb:5");
        assertThat(failure(1, "", "sh: 1: structure: failed to execute:\npg_dump -s")
                        .orElseThrow()
                        .what())
                .startsWith("the migration is done, but the schema dump failed");
        assertThat(failure(7, "", "").orElseThrow().what()).contains("exit code 7");
        assertThat(failure(1, "", "rails aborted!\nNoMethodError: undefined method `ad_index'\n")
                        .orElseThrow()
                        .what())
                .isEqualTo("Rails: NoMethodError: undefined method `ad_index'");
    }

    private Optional<Problem> failure(int code, String output, String errors) {
        return rails.failure(new Invocation.Finished(code, output, errors));
    }

    @Test
    void pointsTheCommandElsewhereByItsEnvironmentAlone() throws IOException {
        write("bin/rails", "");
        write("config/database.yml", "default:\n  adapter: postgis\nproduction:\n  url: <%= ENV['SHOP_URL'] %>\n");
        write("db/migrate/1_a.rb", A);
        Invocation up = rails.up(place(), rails.list(root).migrations().getFirst());
        assertThat(up.command()).endsWith("ruby", root.resolve("bin/rails").toString(), "db:migrate:up", "VERSION=1");
        assertThat(up.display()).doesNotContain("secret");
        String url = "postgis://app:secret@127.0.0.1:6543/shop?sslmode=disable";
        assertThat(up.environment())
                .containsEntry("DATABASE_URL", url)
                .containsEntry("SHOP_URL", url)
                .containsEntry("PGSSLMODE", "disable")
                .containsEntry("DISABLE_SPRING", "1")
                .containsEntry("SCHEMA", root.resolve("scratch/schema.rb").toString())
                .doesNotContainKey("RAILS_ENV");
    }

    @Test
    void runsRakeWhereThereIsNoRails() throws IOException {
        assertThatThrownBy(() -> rails.status(place()))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("neither bin/rails nor a Rakefile");
        write("Rakefile", "");
        assertThat(rails.status(place()).display()).isEqualTo("bundle exec rake db:migrate:status");
    }

    @Test
    void writesTheNextVersionInTheProjectsRelease() throws IOException {
        assertThat(written("add region", "SELECT 1;").content())
                .startsWith(
                        "class AddRegion < ActiveRecord::Migration[ActiveRecord::Migration.current_version]\n  def up\n");
        write("Gemfile.lock", "GEM\n  specs:\n    activerecord (7.0.8)\n    rails (7.0.8)\n");
        assertThat(written("add region", "SELECT 1;").content()).contains("Migration[7.0]");
        write("db/migrate/20270101000000_a.rb", A);
        NewFile file = written("index region", "CREATE INDEX CONCURRENTLY i ON t (a);");
        assertThat(file.path()).isEqualTo(root.resolve("db/migrate/20270101000001_index_region.rb"));
        assertThat(file.content()).isEqualTo("""
                class IndexRegion < ActiveRecord::Migration[7.1]
                  disable_ddl_transaction!

                  def up
                    execute <<~SQL
                      CREATE INDEX CONCURRENTLY i ON t (a)
                    SQL
                  end

                  def down
                    execute <<~SQL
                      SELECT 2
                    SQL
                  end
                end
                """);
    }

    @Test
    void writesASkeletonThatIsNotTakenForFinished() {
        NewFile.writeAll(rails.newMigration(
                Project.at(root),
                new NewMigration("later", Optional.empty(), Optional.empty(), TransactionMode.AUTO, NOW)));
        MigrationSet set = rails.list(root);
        assertThat(set.problems()).isEmpty();
        assertThat(set.migrations())
                .singleElement()
                .satisfies(m -> assertThat(m.down()).isEmpty());
    }

    @Test
    void takesSqlWithBothSectionsApart() {
        NewMigration request = new NewMigration(
                "both",
                Optional.of("-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n"),
                Optional.empty(),
                TransactionMode.AUTO,
                NOW);
        assertThat(rails.newMigration(Project.at(root), request).getFirst().content())
                .contains("      SELECT 1\n", "      SELECT 2\n")
                .doesNotContain("migrate:");
    }

    private NewFile written(String name, String up) {
        NewMigration request =
                new NewMigration(name, Optional.of(up), Optional.of("SELECT 2;"), TransactionMode.AUTO, NOW);
        return rails.newMigration(Project.at(root), request).getFirst();
    }

    private Place place() {
        Endpoint endpoint = new Endpoint("127.0.0.1", 6543, "shop", "app", Optional.of("secret"));
        return new Place(Project.at(root), rails.list(root), endpoint, root.resolve("scratch"));
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
