package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.problem.Problem;
import dev.godwit.source.Endpoint;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.OwnRunner.Place;
import dev.godwit.source.Project;
import dev.godwit.source.Script;
import dev.godwit.source.TransactionMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What Liquibase's adapter says from files and answers alone; `RealLiquibaseTest` asks Liquibase itself.
class LiquibaseTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final String SQL = "--liquibase formatted sql\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    private final Liquibase liquibase = new Liquibase();

    @TestFactory
    Stream<DynamicTest> listsEveryCaseAsExpected() throws IOException {
        return ListingCases.of(liquibase);
    }

    @Test
    void isKnownByItsSettingsOrItsChangelog() throws IOException {
        write("changelog.sql", "SELECT 1;");
        write("migrations/1_a.up.sql", "SELECT 1;");
        assertThat(liquibase.recognises(root)).isFalse();
        assertThat(liquibase.recognises(new Project(root, Optional.of("migrations"), Optional.empty())))
                .isFalse();
        write("db/changelog.yaml", "databaseChangeLog: []\n");
        assertThat(liquibase.recognises(root)).isTrue();
    }

    @Test
    void keepsLinesAndColumnsTrueAndChangesetsApart() throws IOException {
        write(
                "changelog.sql",
                SQL + "--changeset ada:1\nSELECT 1;\n--changeset ada:2\nSELECT 2;\n  --rollback SELECT 3;\n");
        Migration second = liquibase.list(root).migrations().getLast();
        Script down = second.down().orElseThrow();
        assertThat(second.up().text().content()).doesNotContain("SELECT 1");
        assertThat(down.text().position(down.firstStatement().orElseThrow())).hasToString("6:14");
        assertThat(down.text().content()).doesNotContain("SELECT 2").contains("SELECT 3;");
    }

    @Test
    void bindsTheDigestToTheChangesetAlone() throws IOException {
        String first =
                "databaseChangeLog:\n- changeSet:\n    id: 1\n    author: ada\n    changes:\n    - tagDatabase: {tag: a}\n";
        write("changelog.yaml", first);
        String alone = liquibase.list(root).migrations().getFirst().digest();
        write("changelog.yaml", first + "- changeSet:\n    id: 2\n    author: ada\n    changes: []\n");
        assertThat(liquibase.list(root).migrations()).hasSize(2);
        assertThat(liquibase.list(root).migrations().getFirst().digest()).isEqualTo(alone);
    }

    @Test
    void makesOneSafeWordOfTheThreeThatLiquibaseKnowsAChangesetBy() {
        assertThat(LiquibaseChangeSet.version("1", "ada", "db/a.sql")).isEqualTo("1_ada_db-a.sql");
        assertThat(LiquibaseChangeSet.version("1", "ada", "classpath:db/a.sql")).isEqualTo("1_ada_db-a.sql");
        assertThat(LiquibaseChangeSet.version("1", "ada@shop", "a.sql"))
                .startsWith("1_ada-shop_a.sql-")
                .isNotEqualTo(LiquibaseChangeSet.version("1", "ada shop", "a.sql"));
        assertThat(liquibase.appliedVersions(new MigrationSet(List.of(), List.of()), List.of("db/a.sql::x::y::ada")))
                .containsExactly(LiquibaseChangeSet.version("x::y", "ada", "db/a.sql"));
    }

    @Test
    void takesTablesFromTheSettings() throws IOException {
        write(
                "liquibase.properties",
                "changelog-file=a.sql\nliquibaseSchemaName=ops\ndatabaseChangelogTableName=STEPS\n");
        assertThat(liquibase.ownTables(Project.at(root)))
                .extracting(Object::toString)
                .containsExactly("ops.steps", "ops.databasechangeloglock");
    }

    @Test
    void countsThoseThatAlwaysRun() throws IOException {
        write("changelog.sql", SQL + "--changeset ada:1 runAlways:true\nSELECT 1;\n--changeset ada:2\nSELECT 2;\n");
        MigrationSet set = liquibase.list(root);
        Invocation up = liquibase.up(place(set), set.migrations().getLast());
        assertThat(up.command())
                .endsWith("--search-path=.", "update-count", "--changelog-file=changelog.sql", "--count=2");
        assertThat(up.display()).doesNotContain("secret");
        assertThat(up.environment())
                .containsEntry("LIQUIBASE_COMMAND_URL", "jdbc:postgresql://127.0.0.1:6543/shop")
                .containsEntry("LIQUIBASE_COMMAND_PASSWORD", "secret");
    }

    @Test
    void prefersTheProjectsOwnProgram() throws IOException {
        write("liquibase", "#!/bin/sh\n");
        assertThat(root.resolve("liquibase").toFile().setExecutable(true)).isTrue();
        write("liquibase.properties", "changelog-file=a.sql\n");
        write("a.sql", SQL + "--changeset ada:1\nSELECT 1;\n");
        MigrationSet set = liquibase.list(root);
        assertThat(liquibase.down(place(set), set.migrations().getFirst()).command())
                .containsExactly(root.resolve("liquibase").toString(), "rollback-count", "--count=1");
    }

    @Test
    void beginsAProjectThatItCanRead() throws IOException {
        NewFile.writeAll(liquibase.newMigration(Project.at(root), request("Add Region", Optional.of("SELECT 2;"))));
        assertThat(liquibase.recognises(root)).isTrue();
        assertThat(liquibase.list(root).problems()).isEmpty();
        assertThat(liquibase.list(root).migrations()).hasSize(1);
        NewFile.writeAll(liquibase.newMigration(Project.at(root), request("Next", Optional.empty())));
        assertThat(liquibase.list(root).migrations())
                .hasSize(2)
                .extracting(m -> m.down().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void writesAFileAndIncludesItAsTheOneBefore() throws IOException {
        write("changelog.xml", "<databaseChangeLog>\n    <include file=\"db/0001-a.sql\"/>\n</databaseChangeLog>\n");
        write("db/0001-a.sql", SQL + "--changeset ada:0001-a\nSELECT 1;\n");
        NewFile.writeAll(liquibase.newMigration(Project.at(root), request("b c", Optional.of("SELECT 2;\nSELECT 3;"))));
        assertThat(root.resolve("changelog.xml")).content().contains("    <include file=\"db/0002-b-c.sql\"/>\n</data");
        assertThat(root.resolve("db/0002-b-c.sql")).hasContent("""
                --liquibase formatted sql

                --changeset ada:0002-b-c runInTransaction:false
                CREATE INDEX CONCURRENTLY i ON t (a);
                --rollback SELECT 2;
                --rollback SELECT 3;
                """);
        assertThat(liquibase.list(root).migrations().getLast().transactionMode())
                .isEqualTo(TransactionMode.NEVER);
    }

    @Test
    void goesOnInTheOneChangelogInItsOwnForm() throws IOException {
        write(
                "a/changelog.xml",
                "<databaseChangeLog>\n    <changeSet id=\"1\" author=\"ada\"><output/></changeSet>\n</databaseChangeLog>\n");
        write("b/changelog.yaml", "databaseChangeLog:\n- changeSet:\n    id: 1\n    author: ada\n");
        write("c/changelog.json", "{\"databaseChangeLog\": [{\"changeSet\": {\"id\": \"1\", \"author\": \"ada\"}}]}\n");
        write("d/changelog.sql", SQL + "--changeset ada:1\nSELECT 1;\n");
        for (String folder : List.of("a", "b", "c", "d")) {
            Project project = Project.at(root.resolve(folder));
            NewFile.writeAll(liquibase.newMigration(project, request("b", Optional.of("SELECT '<&\"';"))));
            MigrationSet set = liquibase.list(project);
            assertThat(set.problems()).as(folder).isEmpty();
            assertThat(set.migrations())
                    .as(folder)
                    .extracting(Migration::transactionMode)
                    .containsExactly(TransactionMode.ALWAYS, TransactionMode.NEVER);
            assertThat(set.migrations().getLast().version()).as(folder).startsWith("2_ada_changelog.");
            assertThat(set.migrations().getLast().down()).as(folder).isPresent();
        }
    }

    @Test
    void saysWhatLiquibaseSaidAndWhatToDo() {
        assertThat(failure(0, "Liquibase command 'update-count' was executed successfully."))
                .isEmpty();
        Problem broken = failure(1, """
                ERROR: Exception Primary Reason:  ERROR: duplicate key value violates unique constraint "customers_pkey"
                  Detail: Key (id)=(1) already exists.
                Unexpected error running Liquibase: Migration failed for changeset db/one.sql::3::ada:
                     Reason: liquibase.exception.DatabaseException: ERROR: x [Failed SQL: (0) INSERT INTO c VALUES (7)]
                """).orElseThrow();
        assertThat(broken.what()).contains("customers_pkey").doesNotContain("(1)", "(7)");
        assertThat(broken.where()).isEqualTo("db/one.sql::3::ada");
        Problem edited = failure(1, """
                Unexpected error running Liquibase: Validation Failed:
                     1 changesets check sum
                          db/one.sql::1::ada was: 9:3b96 but is now: 9:fca8
                """).orElseThrow();
        assertThat(edited.where()).isEqualTo("db/one.sql::1::ada");
        assertThat(edited.remedy()).contains("edited after it was applied");
        assertThat(failure(7, "").orElseThrow().what()).contains("exit code 7");
    }

    private Optional<Problem> failure(int code, String errors) {
        return liquibase.failure(new Invocation.Finished(code, "", errors));
    }

    private static NewMigration request(String name, Optional<String> down) {
        return new NewMigration(
                name, Optional.of("CREATE INDEX CONCURRENTLY i ON t (a);"), down, TransactionMode.AUTO, NOW);
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
