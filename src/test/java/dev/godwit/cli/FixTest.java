package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixTest {
    private static final String INDEX = "CREATE INDEX orders_region_idx ON orders (region);\n";
    private static final String CONCURRENT = "CREATE INDEX CONCURRENTLY orders_region_idx ON orders (region);\n";

    @TempDir
    private Path directory = Path.of("");

    private Outcome fix(String... more) {
        String[] arguments =
                Stream.concat(Stream.of("check", "--fix"), Stream.of(more)).toArray(String[]::new);
        return CliProject.at(directory).run(arguments);
    }

    private void write(String file, String text) {
        CliProject.at(directory).write(file, text);
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    @Test
    void aFixIsWrittenAndTheRestOfTheFileStays() throws IOException {
        write("a.sql", "\n-- why: reports\n  " + INDEX + "-- the end");
        Outcome outcome = fix("a.sql");
        assertThat(text("a.sql")).isEqualTo("\n-- why: reports\n  " + CONCURRENT + "-- the end");
        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        assertThat(outcome.err()).isEqualTo("fixed    a.sql:3 create-index-not-concurrent\n");
    }

    @Test
    void aSecondRunFindsNothingToDo() throws IOException {
        write("a.sql", INDEX);
        fix("a.sql");
        assertThat(fix("a.sql").err()).isEmpty();
        assertThat(text("a.sql")).isEqualTo(CONCURRENT);
    }

    @Test
    void whatWouldTakeOthersOutOfTheirTransactionIsLeft() throws IOException {
        String both = INDEX + "ALTER TABLE orders ADD COLUMN note text;\n";
        write("a.sql", both);
        Outcome outcome = fix("a.sql");
        assertThat(text("a.sql")).isEqualTo(both);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.out()).contains("in a migration of its own").doesNotContain("fix:");
    }

    @Test
    void aConstraintIsAddedAndValidatedApart() throws IOException {
        write("a.sql", "ALTER TABLE orders ADD CONSTRAINT positive CHECK (quantity > 0);\r\nANALYZE orders;\r\n");
        Outcome outcome = fix("--transaction", "never", "a.sql");
        assertThat(outcome.exitCode()).as(outcome.all()).isZero();
        String apart = """
                ALTER TABLE orders ADD CONSTRAINT positive CHECK (quantity > 0) NOT VALID;
                ALTER TABLE orders VALIDATE CONSTRAINT positive;
                ANALYZE orders;
                """;
        assertThat(text("a.sql")).isEqualTo(apart.replace("\n", "\r\n"));
    }

    @Test
    void aByteOrderMarkAndThePermissionsStay() throws IOException {
        write("a.sql", "\uFEFF" + INDEX);
        Path file = directory.resolve("a.sql");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        fix("a.sql");
        assertThat(text("a.sql")).isEqualTo("\uFEFF" + CONCURRENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        write("real/a.sql", INDEX);
        Files.createSymbolicLink(directory.resolve("a.sql"), Path.of("real", "a.sql"));
        fix("a.sql");
        assertThat(directory.resolve("a.sql")).isSymbolicLink();
        assertThat(text("real/a.sql")).isEqualTo(CONCURRENT);
        try (Stream<Path> files = Files.list(directory.resolve("real"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void oneSectionIsFixedWhereItStands() throws IOException {
        String up = "-- migrate:up transaction:false\n" + CONCURRENT + "-- migrate:down transaction:false\n";
        write("migrations/20260101000000_region.sql", up + "DROP INDEX orders_region_idx;\n");
        Outcome outcome = fix("--direction", "down", "20260101000000_region");
        assertThat(text("migrations/20260101000000_region.sql"))
                .as(outcome.all())
                .isEqualTo(up + "DROP INDEX CONCURRENTLY orders_region_idx;\n");
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(ExitCode.OK);
    }

    @Test
    void ofManyFilesEachIsFixed() throws IOException {
        write("1.sql", INDEX);
        write("2.sql", "CREATE INDEX oops ON;\n");
        write("3.sql", "DROP INDEX old_idx;\n");
        Outcome outcome = fix("--format", "json", "1.sql", "2.sql", "3.sql");
        assertThat(text("1.sql")).isEqualTo(CONCURRENT);
        assertThat(text("2.sql")).isEqualTo("CREATE INDEX oops ON;\n");
        assertThat(text("3.sql")).isEqualTo("DROP INDEX CONCURRENTLY old_idx;\n");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.out()).startsWith("{").contains("syntax-error");
    }
}
