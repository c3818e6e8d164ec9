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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What Flyway's adapter says from files and answers alone; `RealFlywayTest` asks Flyway itself.
class FlywayTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    private final Flyway flyway = new Flyway();

    @TestFactory
    Stream<DynamicTest> listsEveryCaseAsExpected() throws IOException {
        return ListingCases.of(flyway);
    }

    @Test
    void isKnownByItsSettingsOrItsFiles() throws IOException {
        assertThat(flyway.recognises(root)).isFalse();
        write("sql/report.sql", "SELECT 1;");
        assertThat(flyway.recognises(root)).isFalse();
        write("sql/V1__a.sql", "SELECT 1;");
        assertThat(flyway.recognises(root)).isTrue();
    }

    @Test
    void keepsItsFilesFromBeingTakenForPlainSql() throws IOException {
        write("flyway.toml", "[flyway]\nlocations = [\"filesystem:migrations\"]\n");
        write("migrations/V1__a.sql", "SELECT 1;");
        write("migrations/R__b.sql", "SELECT 1;");
        assertThat(new PlainSql().recognises(root)).isFalse();
        write("migrations/2_a.up.sql", "SELECT 1;");
        assertThat(new PlainSql().recognises(root)).isTrue();
    }

    @Test
    void readsTheLastRowOfEachVersion() {
        assertThat(flyway.versionTable(Project.at(root)).select())
                .startsWith("SELECT CASE WHEN type = 'BASELINE'")
                .contains("FROM \"public\".\"flyway_schema_history\" WHERE success")
                .contains("GROUP BY coalesce(version");
    }

    @Test
    void takesTheTableFromTheSettings() throws IOException {
        write("flyway.conf", "flyway.table=steps\nflyway.schemas=app,other\n");
        assertThat(flyway.versionTable(Project.at(root)).name()).hasToString("app.steps");
        assertThat(flyway.ownTables(Project.at(root))).singleElement().hasToString("app.steps");
    }

    @Test
    void callsARepeatablePendingAgainWhenItsTextHasChanged() throws IOException {
        write("sql/R__view_of_a.sql", "SELECT 1;\r\nSELECT 2;\n");
        MigrationSet set = flyway.list(root);
        int checksum = new FlywayScript("SELECT 1;\nSELECT 2;", FlywayConfig.of(Project.at(root)))
                .checksum(true)
                .orElseThrow();
        assertThat(flyway.appliedVersions(set, List.of("R__" + checksum + "__view of a")))
                .containsExactly("R__view_of_a");
        assertThat(flyway.appliedVersions(set, List.of("R__5__view of a", "R__5__gone")))
                .containsExactly("R__gone");
    }

    @Test
    void cannotKnowTheChecksumOfAPlaceholderThatOnlyFlywayFills() throws IOException {
        write(
                "flyway.toml",
                "[flyway]\nlocations = [\"filesystem:sql\"]\n[flyway.placeholders]\nOwn-Schema = \"app\"\n");
        write("sql/R__a.sql", "SELECT '${own-schema}';");
        write("sql/R__b.sql", "SELECT '${flyway:timestamp}';");
        MigrationSet set = flyway.list(root);
        assertThat(rowAdded(set, "R__a"))
                .contains(String.valueOf(new FlywayScript("SELECT 'app';", FlywayConfig.of(Project.at(root)))
                        .checksum(true)
                        .orElseThrow()));
        assertThat(rowAdded(set, "R__b")).startsWith("-- ").contains("flyway migrate");
        assertThat(flyway.appliedVersions(set, List.of("R__1__a", "R__1__b"))).containsExactly("R__b");
    }

    private String rowAdded(MigrationSet set, String version) {
        return flyway.rowAdded(Project.at(root), set, set.byVersion(version).orElseThrow())
                .getLast();
    }

    @Test
    void takesABaselineForAllBeforeItAndNumbersForNumbers() throws IOException {
        for (String version : List.of("001", "2", "2_1", "3")) {
            write("sql/V" + version + "__a.sql", "SELECT 1;");
        }
        MigrationSet set = flyway.list(root);
        assertThat(flyway.appliedVersions(set, List.of("B__2.0", "7"))).containsExactlyInAnyOrder("001", "2", "7");
        assertThat(flyway.appliedVersions(set, List.of("1", "2.10"))).containsExactlyInAnyOrder("001", "2.10");
    }

    @Test
    void pointsTheCommandElsewhereByItsEnvironmentAlone() throws IOException {
        write("sql/V1__a.sql", "SELECT 1;");
        MigrationSet set = flyway.list(root);
        Invocation up = flyway.up(place(set), set.migrations().getFirst());
        assertThat(up.command()).endsWith("-locations=filesystem:sql", "-target=1", "-outOfOrder=true", "migrate");
        assertThat(up.display()).doesNotContain("secret", "hides");
        assertThat(up.environment())
                .containsEntry("FLYWAY_URL", "jdbc:postgresql://127.0.0.1:6543/shop")
                .containsEntry("FLYWAY_PASSWORD", "secret")
                .containsEntry("FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK", "false");
        assertThat(flyway.hasDown()).isFalse();
        assertThatThrownBy(() -> flyway.down(place(set), set.migrations().getFirst()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void prefersTheProjectsOwnProgram() throws IOException {
        write("flyway", "#!/bin/sh\n");
        assertThat(root.resolve("flyway").toFile().setExecutable(true)).isTrue();
        write("flyway.toml", "[flyway]\nlocations = [\"filesystem:sql\"]\n");
        write("sql/V1__a.sql", "SELECT 1;");
        Invocation status = flyway.status(place(flyway.list(root)));
        assertThat(status.command()).containsExactly(root.resolve("flyway").toString(), "-outputType=json", "info");
    }

    @Test
    void doesNotRunAClassThatItCannotSee() throws IOException {
        write("src/main/resources/db/migration/V1__a.sql", "SELECT 1;");
        write("src/main/java/db/migration/V2__B.java", "class V2__B {}");
        MigrationSet set = flyway.list(root);
        assertThatThrownBy(() -> flyway.up(place(set), set.migrations().getLast()))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("is a class");
        assertThat(rowAdded(set, "2")).contains("'JDBC', 'db.migration.V2__B', NULL");
    }

    @Test
    void writesTheNextVersionWithItsUndo() throws IOException {
        write("flyway.toml", "[flyway]\nlocations = [\"filesystem:sql\"]\n");
        assertThat(names(request("Add Region", TransactionMode.AUTO, "SELECT 1;")))
                .containsExactly("V1__add_region.sql", "U1__add_region.sql");
        write("sql/V2_9__a.sql", "SELECT 1;");
        assertThat(names(request("b", TransactionMode.NEVER, "CREATE INDEX CONCURRENTLY i ON t (a);")))
                .containsExactly("V2.10__b.sql", "U2.10__b.sql");
        write("sql/V20261001000000__c.sql", "SELECT 1;");
        assertThat(names(request("d", TransactionMode.NEVER, "SELECT 1;")))
                .containsExactly("V20261122103000__d.sql", "V20261122103000__d.sql.conf", "U20261122103000__d.sql");
        NewFile.writeAll(flyway.newMigration(Project.at(root), request("d", TransactionMode.NEVER, "SELECT 1;")));
        assertThat(flyway.list(root).byVersion("20261122103000").map(Migration::transactionMode))
                .contains(TransactionMode.NEVER);
    }

    @Test
    void saysWhatFlywaySaidAndWhatToDo() {
        assertThat(failure(0, "Successfully applied 1 migration", "WARNING: outOfOrder mode is active"))
                .isEmpty();
        Problem broken = failure(0, "", """
                ERROR: Failed to execute script V3__again.sql against dev environment
                SQL State  : 23505
                Message    : ERROR: duplicate key value violates unique constraint "customers_pkey"
                  Detail: Key (id)=(1) already exists.
                Location   : sql/V3__again.sql (/shop/sql/V3__again.sql)
                Line       : 4
                """).orElseThrow();
        assertThat(broken.what()).contains("customers_pkey").doesNotContain("(1)");
        assertThat(broken.where()).isEqualTo("sql/V3__again.sql:4, SQLSTATE 23505");
        Problem edited = failure(1, "", """
                ERROR: Validate failed: Migrations have failed validation
                Migration checksum mismatch for migration version 1
                -> Applied to database : 1501825438
                """).orElseThrow();
        assertThat(edited.what()).isEqualTo("Flyway: Migration checksum mismatch for migration version 1");
        assertThat(edited.remedy()).contains("flyway repair");
        Problem json = failure(
                        1, "{ \"error\" : { \"errorCode\" : \"X\", \"message\" : \"Unable to \\\"connect\\\"\" } }", "")
                .orElseThrow();
        assertThat(json.what()).isEqualTo("Flyway: Unable to \"connect\"");
        assertThat(failure(9, "", "").orElseThrow().what()).contains("exit code 9");
    }

    private Optional<Problem> failure(int code, String output, String errors) {
        return flyway.failure(new Invocation.Finished(code, output, errors));
    }

    @Test
    void readsItsStatus() throws IOException {
        write("sql/V001__a.sql", "SELECT 1;");
        write("sql/R__b_c.sql", "SELECT 1;");
        MigrationSet set = flyway.list(root);
        String status = """
                Flyway says hello
                {"migrations": [
                {"version": "1", "description": "a", "state": "Success"},
                {"version": "2", "description": "x", "state": "Pending"},
                {"version": "", "description": "b c", "state": "Outdated"},
                {"version": "", "description": "b c", "state": "Pending"}]}""";
        assertThat(flyway.appliedAccordingTo(set, new Invocation.Finished(0, status, "")))
                .isEqualTo(Set.of("001"));
    }

    private List<String> names(NewMigration request) {
        return flyway.newMigration(Project.at(root), request).stream()
                .map(file -> String.valueOf(file.path().getFileName()))
                .toList();
    }

    private static NewMigration request(String name, TransactionMode mode, String up) {
        return new NewMigration(name, Optional.of(up), Optional.of("DROP INDEX CONCURRENTLY i;"), mode, NOW);
    }

    private Place place(MigrationSet set) {
        Endpoint endpoint = new Endpoint("127.0.0.1", 6543, "shop", "app", Optional.of("secret"));
        return new Place(Project.at(root), set, endpoint, root.resolve("scratch"));
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
