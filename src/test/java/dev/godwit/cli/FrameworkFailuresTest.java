package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What real frameworks leave when a migration fails half way, or when somebody else holds their lock: what Godwit says
/// of it, and whether doing what it says mends it.
class FrameworkFailuresTest {
    @TempDir
    private Path directory = Path.of("");

    private FrameworkProject open(String framework, String... production) throws IOException {
        FrameworkProject project = FrameworkProject.bare(framework, directory);
        for (String sql : production) {
            TestClusters.execute(project.url(), sql);
        }
        project.ends(ExitCode.OK, "init", "--production", "env:SHOP");
        return project;
    }

    private void keepOnly(String folder, String... names) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!List.of(names).contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Production holds what the statistics, by which staging is made, do not know.
    private static void twoOfOneEmail(FrameworkProject project) {
        TestClusters.execute(
                project.url(),
                "INSERT INTO customers (id, email) VALUES (1, 'ada@example.com'), (2, 'ada@example.com')");
    }

    @SideBySide
    void anIndexThatCouldNotBeBuiltIsBuiltAgainByTheNextApply() throws IOException {
        FrameworkProject project = open(
                "laravel",
                "CREATE TABLE customers (id bigint PRIMARY KEY, email text)",
                "CREATE TABLE migrations (id serial PRIMARY KEY, migration varchar(255) NOT NULL, batch int NOT NULL)",
                "INSERT INTO migrations (migration, batch) VALUES ('2024_01_01_000000_create_customers', 1),"
                        + " ('2024_01_02_000000_add_email_to_customers', 1)");
        project.ends(ExitCode.OK, "rehearse", "--traffic-rate", "20");
        twoOfOneEmail(project);

        Outcome failed = project.ends(ExitCode.DATABASE, "apply", "--no-watch");
        assertThat(failed.err())
                .contains("could not create unique index \"customers_email\"", "index_customers_on_email.php")
                .contains("where: database/migrations/2024_01_02_000000_index_customers_on_email.php:12")
                .contains("has not recorded it")
                .doesNotContain("ada@example.com");
        JsonNode status = project.document(ExitCode.REFUSED, "status", "--format", "json");
        assertThat(status.get("pending").toString()).contains("index_customers_on_email");
        assertThat(status.get("unfinished")).hasSize(1);
        assertThat(status.get("torn")).isEmpty();
        assertThat(status.get("remarks").toString()).contains("customers_email");

        TestClusters.execute(project.url(), "DELETE FROM customers WHERE id = 2");
        assertThat(project.ends(ExitCode.OK, "apply", "--no-watch").err()).contains("customers_email");
        assertThat(project.status().get("applied")).hasSize(3);
    }

    @SideBySide
    void aColumnThatAlembicCommittedBeforeItsIndexFailedIsSeen() throws IOException {
        FrameworkProject project = open("alembic", "CREATE TABLE customers (id bigint PRIMARY KEY, email text)");
        keepOnly("alembic/versions");
        Files.writeString(directory.resolve("alembic/versions/0a1b2c3d4e5f_email.py"), """
                from alembic import op
                import sqlalchemy as sa

                revision = '0a1b2c3d4e5f'
                down_revision = None


                def upgrade():
                    op.add_column('customers', sa.Column('phone', sa.Text()))
                    with op.get_context().autocommit_block():
                        op.create_index('customers_email', 'customers', ['email'], unique=True,
                                        postgresql_concurrently=True)


                def downgrade():
                    with op.get_context().autocommit_block():
                        op.drop_index('customers_email', 'customers', postgresql_concurrently=True)
                    op.drop_column('customers', 'phone')
                """);
        project.ends(ExitCode.OK, "rehearse", "--traffic-rate", "20");
        twoOfOneEmail(project);

        Outcome failed = project.ends(ExitCode.DATABASE, "apply", "--no-watch");
        String committed = "it has committed table public.customers changed: + phone text;";
        assertThat(failed.err())
                .contains("could not create unique index", "where: alembic/versions/0a1b2c3d4e5f_email.py:11")
                .contains("0a1b2c3d4e5f_email is half done: " + committed, "undo that by hand");
        assertThat(project.document(ExitCode.REFUSED, "status", "--format", "json")
                        .get("unfinished")
                        .get(0)
                        .asString())
                .contains("begun and not ended; " + committed);
        TestClusters.execute(project.url(), "DELETE FROM customers WHERE id = 2");
        assertThat(project.ends(ExitCode.DATABASE, "apply", "--no-watch").err())
                .contains("column \"phone\" of relation \"customers\" already exists", committed);

        TestClusters.execute(project.url(), "ALTER TABLE customers DROP COLUMN phone");
        assertThat(project.cli().run("status").out()).contains("begun and not ended; go on with godwit apply");
        project.ends(ExitCode.OK, "apply", "--no-watch");
        project.ends(ExitCode.OK, "status");
    }

    @SideBySide
    void theLockThatAKilledLiquibaseLeftIsRefusedWithTheStatementThatFreesIt() throws IOException {
        FrameworkProject project = open(
                "liquibase",
                "CREATE TABLE databasechangeloglock (id int PRIMARY KEY, locked boolean NOT NULL,"
                        + " lockgranted timestamp, lockedby varchar(255))",
                "INSERT INTO databasechangeloglock VALUES (1, true, now(), 'deploy-7 (10.0.0.7)')");
        Path changelog = directory.resolve("db/changelog/db.changelog-master.xml");
        Files.writeString(
                changelog, Files.readString(changelog).replaceAll("(?s)<include file=.db/.*</changeSet>", ""));

        String refused = project.appliesUnrehearsed(ExitCode.REFUSED).err();
        assertThat(refused).contains("is held by deploy-7 (10.0.0.7) since 2", "nothing was begun");
        TestClusters.execute(
                project.url(), refused.substring(refused.indexOf("UPDATE ")).strip());
        project.appliesUnrehearsed(ExitCode.OK);
    }

    @SideBySide
    void theLockOfAnotherRailsIsNamedAndTheNextApplyGoesOn() throws IOException, SQLException {
        FrameworkProject project = open("rails");
        keepOnly("db/migrate", "20240101000000_create_customers.rb");
        CRC32 crc = new CRC32();
        crc.update(URI.create(project.url()).getPath().substring(1).getBytes(StandardCharsets.UTF_8));
        try (Connection other = TestClusters.connect(project.url());
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + crc.getValue() * 2_053_462_845L + ")");
            assertThat(project.appliesUnrehearsed(ExitCode.DATABASE).err())
                    .contains("ConcurrentMigrationError", "another migration is running against this database");
        }
        project.appliesUnrehearsed(ExitCode.OK);
        assertThat(project.status().get("applied")).hasSize(1);
    }
}
