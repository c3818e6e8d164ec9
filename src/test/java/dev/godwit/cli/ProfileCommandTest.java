package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.TestClusters;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a file knows of production, a check knows without a connection.
class ProfileCommandTest {
    private static final String INDEX = "CREATE INDEX customer_name_idx ON customer (name);\n";

    @TempDir
    private Path directory = Path.of("");

    private CliProject customers(int rows) {
        String url = TestClusters.freshDatabase(18);
        TestClusters.execute(
                url,
                "CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL); INSERT INTO customer"
                        + " SELECT i, 'c' || i FROM generate_series(1, " + rows + ") i; ANALYZE customer");
        return CliProject.at(directory).with("SHOP", url).write("index.sql", INDEX);
    }

    @Test
    void aCheckGoesByTheSizesInTheFile() {
        CliProject project = customers(200);
        assertThat(project.run("check", "index.sql").exitCode()).isEqualTo(ExitCode.REFUSED);
        Outcome written = project.run("profile", "--production", "env:SHOP", "--out", "small.json");
        assertThat(written.all()).contains("wrote  small.json", "1 table, about 200 rows", "public.customer");
        assertThat(project.run("check", "--profile", "small.json", "index.sql").exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(project.run("check", "--profile", "none.json", "index.sql").all())
                .contains("there is no profile", "none.json", "godwit profile");
    }

    @Test
    void theProjectsOwnProfileIsUsedAndTellsWhatIsPending() {
        CliProject project = customers(200)
                .write("migrations/1_name.up.sql", "ALTER TABLE customer DROP COLUMN name;\n")
                .write("migrations/1_name.down.sql", "ALTER TABLE customer ADD COLUMN name text;\n")
                .write("migrations/2_index.up.sql", INDEX)
                .write("migrations/2_index.down.sql", "DROP INDEX customer_name_idx;\n");
        TestClusters.execute(
                project.environment().getOrDefault("SHOP", ""),
                "CREATE TABLE schema_migrations (version text PRIMARY KEY); INSERT INTO schema_migrations VALUES ('1')");
        Outcome written = project.run("profile", "--production", "env:SHOP", "--format", "json");
        assertThat(written.out())
                .contains("\"file\" : \"godwit/profile.json\"", "\"applied\" : 1", "\"postgres\" : \"18.");
        Outcome checked = project.run("check", "--format", "json");
        assertThat(checked.out()).contains("2_index").doesNotContain("1_name");
        assertThat(checked.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void theSameDatabaseGivesTheSameBytes() {
        CliProject project = customers(10);
        String first =
                project.run("profile", "--production", "env:SHOP", "--out", "-").out();
        assertThat(first).startsWith("{").contains("public.customer").doesNotContain("'c'", "password");
        assertThat(project.run("profile", "--production", "env:SHOP", "--out", "-")
                        .out())
                .isEqualTo(first);
    }
}
