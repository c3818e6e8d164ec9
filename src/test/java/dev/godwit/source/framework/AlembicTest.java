package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
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

class AlembicTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final Path CASES = Path.of("src/test/resources/frameworks/alembic");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    private final Alembic alembic = new Alembic();

    @TestFactory
    Stream<DynamicTest> listsEveryCaseAsExpected() throws IOException {
        return ListingCases.of(alembic);
    }

    @Test
    void recognisesAProjectByItsConfiguration() {
        assertThat(alembic.recognises(CASES.resolve("project"))).isTrue();
        assertThat(alembic.recognises(CASES.resolve("ok/flask-migrate"))).isTrue();
        assertThat(alembic.recognises(CASES.resolve("err/no-configuration"))).isFalse();
        assertThat(alembic.recognises(root)).isFalse();
    }

    @Test
    void countsTheAncestorsOfWhatTheTableHolds() {
        MigrationSet set = alembic.list(CASES.resolve("ok/branches-and-merge"));
        assertThat(alembic.appliedVersions(set, Set.of("c1"))).containsExactlyInAnyOrder("a1", "b1", "b2", "c1");
        assertThat(alembic.appliedVersions(set, Set.of("x2", "b2")))
                .containsExactlyInAnyOrder("x1", "x2", "a1", "b1", "b2");
        assertThat(alembic.appliedVersions(set, Set.of("gone"))).containsExactly("gone");
        assertThat(alembic.appliedVersions(set, Set.of())).isEmpty();
    }

    @Test
    void readsTheTableThatEnvPyNames() throws IOException {
        project("");
        Files.writeString(
                root.resolve("alembic/env.py"), "context.configure(version_table='v', version_table_schema = \"app\")");
        assertThat(alembic.versionTable(Project.at(root)).name()).isEqualTo(new QualifiedName("app", "v"));
        assertThat(alembic.ownTables(Project.at(root))).containsExactly(new QualifiedName("app", "v"));
    }

    @Test
    void writesARevisionInTheProjectsOwnWords() throws IOException {
        copyTemplate();
        List<NewFile> first =
                write("Add region", "ALTER TABLE orders ADD region text;", "ALTER TABLE orders DROP region");
        assertThat(first).hasSize(1);
        String revision = alembic.list(root).migrations().getFirst().version();
        assertThat(revision).matches("[0-9a-f]{12}");
        assertThat(first.getFirst().path()).hasFileName(revision + "_add_region.py");
        assertThat(first.getFirst().content()).isEqualTo("""
                \"""Add region

                Revision ID: REV
                Revises:\s
                Create Date: 2026-11-22 10:30:00

                \"""
                from alembic import op
                import sqlalchemy as sa


                # revision identifiers, used by Alembic.
                revision = 'REV'
                down_revision = None
                branch_labels = None
                depends_on = None


                def upgrade() -> None:
                    op.execute("ALTER TABLE orders ADD region text")


                def downgrade() -> None:
                    op.execute("ALTER TABLE orders DROP region")
                """.replace("REV", revision));
        write("index it", """
                CREATE TABLE t (
                    a text DEFAULT ':b \\ x'
                );
                CREATE INDEX CONCURRENTLY i ON orders (region);
                """, "DROP INDEX CONCURRENTLY i");
        assertThat(alembic.list(root).problems()).isEmpty();
        assertThat(alembic.list(root).migrations().getLast().up().text().content())
                .contains("down_revision = '" + revision + "'")
                .contains("""
                        def upgrade() -> None:
                            op.execute(
                                \"""
                                CREATE TABLE t (
                                    a text DEFAULT '\\\\:b \\\\ x'
                                )
                                \"""
                            )
                            with op.get_context().autocommit_block():
                                op.execute("CREATE INDEX CONCURRENTLY i ON orders (region)")


                        def downgrade() -> None:
                            with op.get_context().autocommit_block():
                                op.execute("DROP INDEX CONCURRENTLY i")
                        """);
    }

    @Test
    void followsTheProjectsFileNamesAndNumbers() throws IOException {
        project("file_template = %%(year)d_%%(month).2d_%%(day).2d-%%(rev)s_%%(slug)s\ntruncate_slug_length = 9\n");
        Files.writeString(root.resolve("alembic/versions/0009_x.py"), "revision = '0009'\n");
        List<NewFile> files = write("Add a region", "SELECT 1", "SELECT 2");
        assertThat(files.getFirst().path()).hasFileName("2026_11_22-0010_add_a_.py");
    }

    @Test
    void leavesASkeletonWhoseDownIsMissing() throws IOException {
        project("");
        NewFile.writeAll(alembic.newMigration(Project.at(root), request("later", Optional.empty(), Optional.empty())));
        assertThat(alembic.list(root).problems()).isEmpty();
        Path file = alembic.list(root).migrations().getFirst().file();
        String skeleton = Files.readString(file);
        Files.writeString(file, skeleton.replaceFirst("pass", "op.execute('SELECT 1')"));
        assertThat(alembic.list(root).migrations().getFirst().down()).isEmpty();
    }

    @Test
    void asksForAMergeBeforeARevisionCouldFollowTwo() throws IOException {
        project("");
        Files.writeString(root.resolve("alembic/versions/a.py"), "revision = 'a'\n");
        Files.writeString(root.resolve("alembic/versions/b.py"), "revision = 'b'\n");
        assertThatThrownBy(() -> write("c", "SELECT 1", "SELECT 2"))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().remedy()).contains("alembic merge heads"));
    }

    @Test
    void tellsWhatTheFrameworkSaidAndNothingOfARow() {
        Problem failed = failure(1, "", """
                Traceback (most recent call last):
                  File "/usr/lib/python3/dist-packages/sqlalchemy/engine/base.py", line 1900, in _execute_context
                    self.dialect.do_execute(
                psycopg2.errors.UniqueViolation: could not create unique index "u"
                DETAIL:  Key (email)=(ann@example.com) is duplicated.


                The above exception was the direct cause of the following exception:

                Traceback (most recent call last):
                  File "/usr/bin/alembic", line 33, in <module>
                    sys.exit(load_entry_point('alembic==1.8.1', 'console_scripts', 'alembic')())
                  File "/home/ann/shop/alembic/versions/u.py", line 20, in upgrade
                    op.execute("CREATE UNIQUE INDEX u ON customers (email)")
                  File "/usr/lib/python3/dist-packages/sqlalchemy/engine/default.py", line 736, in do_execute
                    cursor.execute(statement, parameters)
                sqlalchemy.exc.IntegrityError: (psycopg2.errors.UniqueViolation) could not create unique index "u"
                DETAIL:  Key (email)=(ann@example.com) is duplicated.

                [SQL: CREATE UNIQUE INDEX u ON customers (email)]
                (Background on this error at: https://sqlalche.me/e/14/gkpj)
                """);
        assertThat(failed.what()).isEqualTo("Alembic: could not create unique index \"u\"");
        assertThat(failed.where()).isEqualTo("/home/ann/shop/alembic/versions/u.py:20 (UniqueViolation)");
        assertThat(failed.toString()).doesNotContain("ann@example.com");
        assertThat(failure(255, "  FAILED: Can't locate revision identified by 'zz'\n", "")
                        .remedy())
                .contains("zz");
        assertThat(failure(2, "", "").what()).contains("exit code 2");
    }

    private Problem failure(int exitCode, String output, String errors) {
        return alembic.failure(new Invocation.Finished(exitCode, output, errors))
                .orElseThrow();
    }

    private List<NewFile> write(String name, String up, String down) {
        List<NewFile> files = alembic.newMigration(Project.at(root), request(name, Optional.of(up), Optional.of(down)));
        NewFile.writeAll(files);
        return files;
    }

    private static NewMigration request(String name, Optional<String> up, Optional<String> down) {
        return new NewMigration(name, up, down, TransactionMode.AUTO, NOW);
    }

    private void project(String options) throws IOException {
        Files.createDirectories(root.resolve("alembic/versions"));
        Files.writeString(root.resolve("alembic.ini"), "[alembic]\nscript_location = alembic\n" + options);
    }

    private void copyTemplate() throws IOException {
        project("");
        Files.copy(CASES.resolve("project/alembic/script.py.mako"), root.resolve("alembic/script.py.mako"));
    }
}
