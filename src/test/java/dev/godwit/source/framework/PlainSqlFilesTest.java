package dev.godwit.source.framework;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Migration;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.Project;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.VersionTableShape;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What cannot be kept as test data: odd things in the file system, and files that are written.
class PlainSqlFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    private final PlainSql plainSql = new PlainSql();

    @Test
    void namesEveryOddThingAndStillListsTheRest() throws IOException, InterruptedException {
        migration("1_good");
        Files.createSymbolicLink(path("2_loop.up.sql"), Path.of("2_loop.up.sql"));
        Files.createSymbolicLink(path("3_gone.up.sql"), Path.of("nowhere"));
        Files.createSymbolicLink(path("4_unreadable.up.sql"), Path.of("/proc/self/mem"));
        Files.createDirectory(path("5_folder.up.sql"));
        assertThat(new ProcessBuilder("mkfifo", path("6_pipe.up.sql").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createSymbolicLink(path("7_linked.up.sql"), Path.of("1_good.up.sql"));
        var set = plainSql.list(root);
        assertThat(set.migrations()).extracting(Migration::version).containsExactly("1", "7");
        assertThat(set.problems())
                .extracting(Problem::where)
                .containsExactly(
                        "migrations/2_loop.up.sql",
                        "migrations/3_gone.up.sql",
                        "migrations/4_unreadable.up.sql",
                        "migrations/5_folder.up.sql",
                        "migrations/6_pipe.up.sql");
        assertThatThrownBy(set::orRaise)
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().state()).contains("4 more problems"));
    }

    @Test
    void saysThatTheDirectoryIsALinkToNowhere() throws IOException {
        Files.createSymbolicLink(root.resolve("migrations"), Path.of("migrations"));
        assertThat(plainSql.recognises(root)).isFalse();
        assertThat(plainSql.list(root).problems())
                .singleElement()
                .satisfies(p -> assertThat(p.what()).contains("leads nowhere"));
    }

    /// Advice that does not work is worse than none: the line is given to a shell, in the project's directory.
    @Test
    void proposesCommandsThatMakeAFileReadable() throws IOException, InterruptedException {
        Files.createDirectories(root.resolve("migrations"));
        Files.write(path("1_a.up.sql"), "SELECT 'caf\u00e9';".getBytes(ISO_8859_1));
        Files.write(path("2_b.up.sql"), "SELECT '\u201cx\u201d';".getBytes(Charset.forName("windows-1252")));
        Files.write(path("3_c.up.sql"), "\uFEFFSELECT 'é';".getBytes(UTF_16BE));
        Files.write(path("4_d.up.sql"), "SELECT 'é';".getBytes(UTF_16LE));
        Files.write(path("5_e.up.sql"), "SELECT 'a\0b';".getBytes(UTF_8));
        List<Problem> problems = plainSql.list(root).problems();
        assertThat(problems).hasSize(5);
        for (Problem problem : problems) {
            String command = problem.remedy().replaceFirst("^[a-z ]+: ", "");
            Process shell = new ProcessBuilder("sh", "-c", command)
                    .directory(root.toFile())
                    .inheritIO()
                    .start();
            assertThat(shell.waitFor()).as(command).isZero();
        }
        assertThat(plainSql.list(root).migrations())
                .extracting(m -> m.up().text().content())
                .containsExactly("SELECT 'café';", "SELECT '“x”';", "SELECT 'é';", "SELECT 'é';", "SELECT 'ab';");
    }

    @Test
    void takesAnotherDirectoryFromTheConfiguration() throws IOException {
        Files.createDirectories(root.resolve("sql/changes"));
        Files.writeString(root.resolve("sql/changes/1_a.up.sql"), "SELECT 1;");
        Project project =
                new Project(root, Optional.of("sql/changes"), Optional.of(new QualifiedName("app", "versions")));
        assertThat(plainSql.recognises(project)).isTrue();
        assertThat(plainSql.recognises(root)).isFalse();
        assertThat(plainSql.list(project).migrations()).hasSize(1);
        assertThat(plainSql.versionTable(project).select())
                .isEqualTo("SELECT version AS version FROM \"app\".\"versions\" WHERE true");
    }

    @Test
    void proposesOnlyNamesThatAreValid() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(1, 12), 0, 16).forEach(c -> name.append("0129aZ._- vupé\t$".charAt(c)));
            String nearest = FileName.nearest(name + ".sql", ".up.sql");
            String filled = nearest.replace("<version>", "1").replace("<name>", "a");
            assertThat(FileName.parse(filled)).as("%s.sql → %s", name, nearest).isPresent();
        }
    }

    @Test
    void writesAPairInAnEmptyProject() {
        List<NewFile> files = write(request("Add Region", "ALTER TABLE orders ADD COLUMN region text;\r\n"));
        assertThat(files)
                .extracting(f -> name(f))
                .containsExactly("20261122103000_add_region.up.sql", "20261122103000_add_region.down.sql");
        assertThat(files.getFirst().content()).isEqualTo("ALTER TABLE orders ADD COLUMN region text;\n");
        assertThat(plainSql.list(root).problems())
                .extracting(Problem::what)
                .containsExactly("the file has only comments, no statement");
    }

    @Test
    void followsTheFormOfTheNewestMigration() throws IOException {
        Files.createDirectories(root.resolve("db/migrations"));
        Files.writeString(root.resolve("db/migrations/20261001000000_a.sql"), "-- migrate:up\nSELECT 1;");
        NewMigration request = new NewMigration(
                "b",
                Optional.of("CREATE INDEX CONCURRENTLY i ON t (a);"),
                Optional.of("DROP INDEX CONCURRENTLY i;"),
                TransactionMode.NEVER,
                NOW);
        assertThat(write(request).getFirst().content()).isEqualTo("""
                -- migrate:up transaction:false
                CREATE INDEX CONCURRENTLY i ON t (a);

                -- migrate:down transaction:false
                DROP INDEX CONCURRENTLY i;
                """);
        assertThat(plainSql.list(root).migrations())
                .extracting(Migration::version)
                .containsExactly("20261001000000", "20261122103000");
    }

    @Test
    void takesGivenSectionsApart() {
        List<NewFile> files = write(request("b", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n"));
        assertThat(files).extracting(NewFile::content).containsExactly("SELECT 1;\n", "SELECT 2;\n");
    }

    @Test
    void givesEveryMigrationALaterVersionThanAllOthers() throws IOException {
        assertThat(versionAfter("20261122103000_a")).isEqualTo("20261122103001");
        assertThat(versionAfter("20261231235959_b")).isEqualTo("20270101000000");
        assertThat(versionAfter("99999999999999_c")).isEqualTo("100000000000000");
    }

    @Test
    void goesOnCountingWhereAFolderCounts() throws IOException {
        assertThat(versionAfter("0009_a")).isEqualTo("0010");
        assertThat(versionAfter("9999_b")).isEqualTo("10000");
    }

    @Test
    void writesOverNothingAndLeavesNoHalf() throws IOException {
        Files.createDirectories(root.resolve("migrations"));
        Path down = path("1_a.down.sql");
        Files.writeString(down, "mine");
        List<NewFile> files = List.of(new NewFile(path("1_a.up.sql"), "x"), new NewFile(down, "x"));
        assertThatThrownBy(() -> NewFile.writeAll(files)).isInstanceOfSatisfying(GodwitException.class, e -> {
            assertThat(e.problem().where()).isEqualTo(down.toString());
            assertThat(e.problem().state()).isEqualTo("nothing was written");
        });
        assertThat(down).hasContent("mine");
        assertThat(path("1_a.up.sql")).doesNotExist();
    }

    @Test
    void tellsAnotherToolsVersionTableFromItsOwn() {
        assertThat(foreign(Map.of())).isEmpty();
        assertThat(foreign(Map.of("version", "character varying(128)"))).isEmpty();
        assertThat(foreign(Map.of("version", "bigint", "dirty", "boolean"))).contains("golang-migrate");
        assertThat(foreign(Map.of("version", "bigint", "inserted_at", "timestamp(0) without time zone")))
                .contains("Ecto");
        assertThat(foreign(Map.of("version", "bigint"))).contains("another tool");
        assertThat(foreign(Map.of("version", "character varying"), "ar_internal_metadata"))
                .contains("Rails");
    }

    private String foreign(Map<String, String> columns, String... neighbours) {
        QualifiedName table = QualifiedName.inPublic("schema_migrations");
        return plainSql.foreign(new VersionTableShape(table, columns, Set.of(neighbours)))
                .map(Problem::what)
                .orElse("");
    }

    private String versionAfter(String existing) throws IOException {
        migration(existing);
        return FileName.parse(name(plainSql.newMigration(Project.at(root), request("next", "SELECT 1;"))
                        .getFirst()))
                .orElseThrow()
                .version();
    }

    private List<NewFile> write(NewMigration request) {
        List<NewFile> files = plainSql.newMigration(Project.at(root), request);
        NewFile.writeAll(files);
        return files;
    }

    private static NewMigration request(String name, String up) {
        return new NewMigration(name, Optional.of(up), Optional.empty(), TransactionMode.AUTO, NOW);
    }

    private void migration(String id) throws IOException {
        Files.createDirectories(root.resolve("migrations"));
        Files.write(path(id + ".up.sql"), "SELECT 1;".getBytes(UTF_8));
    }

    private static String name(NewFile file) {
        return String.valueOf(file.path().getFileName());
    }

    private Path path(String name) {
        return root.resolve("migrations").resolve(name);
    }
}
