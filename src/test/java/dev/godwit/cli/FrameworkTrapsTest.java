package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.TestClusters;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Where a framework by itself hangs, lies, or leaves for another database: real projects through Godwit's
/// commands.
class FrameworkTrapsTest {
    @TempDir
    private Path directory = Path.of("");

    /// Another database, such as a project's own production, that nothing may be done to.
    private final String elsewhere = TestClusters.freshDatabase(18);

    private FrameworkProject bare(String framework) throws IOException {
        return FrameworkProject.bare(framework, directory);
    }

    private static void init(FrameworkProject project) {
        project.ends(ExitCode.OK, "init", "--production", "env:SHOP");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(directory.resolve(file).getParent());
        Files.writeString(directory.resolve(file), text);
    }

    private void keepOnly(String folder, String... names) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!Stream.of(names).toList().contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    private void nothingWasDoneElsewhere() throws SQLException {
        try (Connection connection = TestClusters.connect(elsewhere);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    /// The project's own Flyway, which says of its own accord what is put at its end.
    private void ownFlyway(String more) throws IOException {
        String jars = Path.of("target/frameworks/flyway").toAbsolutePath() + File.separator + "*";
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        write(
                "flyway",
                "#!/bin/sh\n" + java + " -cp '" + jars + "' org.flywaydb.commandline.Main \"$@\" " + more + "\n");
        assertThat(directory.resolve("flyway").toFile().setExecutable(true)).isTrue();
    }

    @SideBySide
    void flywayDoesNotWaitForItselfWhateverItsProgramInsistsOn() throws IOException {
        FrameworkProject project = bare("flyway");
        TestClusters.execute(project.url(), "CREATE TABLE customers (email text)");
        ownFlyway("-postgresql.transactional.lock=true -baselineOnMigrate=true -baselineVersion=0");
        keepOnly("sql");
        write("sql/V1__index.sql", "CREATE INDEX CONCURRENTLY customers_email ON customers (email);\n");
        write("sql/U1__index.sql", "DROP INDEX CONCURRENTLY customers_email;\n");
        init(project);
        for (Outcome outcome : List.of(
                project.ends(ExitCode.DATABASE, "rehearse", "1"), project.appliesUnrehearsed(ExitCode.DATABASE, "1"))) {
            assertThat(outcome.err()).contains("it waited for itself", "FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK=false");
        }
    }

    @SideBySide
    void flywaysExitCodeIsNotBelieved() throws IOException {
        FrameworkProject project = bare("flyway");
        ownFlyway("; exit 0");
        keepOnly("sql");
        write("sql/V1__wrong.sql", "CREATE TABLE customers (id nonsense);\n");
        write("sql/U1__wrong.sql", "DROP TABLE customers;\n");
        init(project);
        assertThat(project.ends(ExitCode.DATABASE, "rehearse", "1").err())
                .contains("type \"nonsense\" does not exist", "V1__wrong.sql");
    }

    @SideBySide
    void aFlywayThatConnectsElsewhereIsRefusedBeforeItDoesAnything() throws IOException, SQLException {
        FrameworkProject project = bare("flyway");
        URI other = URI.create(elsewhere);
        String[] login = other.getUserInfo().split(":", 2);
        ownFlyway("-url=jdbc:postgresql://" + other.getHost() + ":" + other.getPort() + other.getPath() + " -user="
                + login[0] + " -password=" + login[1]);
        init(project);
        for (Outcome outcome : List.of(
                project.ends(ExitCode.USAGE, "rehearse", "1"), project.appliesUnrehearsed(ExitCode.USAGE, "1"))) {
            assertThat(outcome.err()).contains("no connection of Flyway came to Godwit's gateway", "nothing was begun");
        }
        nothingWasDoneElsewhere();
    }

    @SideBySide
    void repeatablesPassByTheirOwnText() throws IOException {
        FrameworkProject project = bare("flyway");
        keepOnly("sql");
        write(
                "sql/R__twice.sql",
                "CREATE OR REPLACE FUNCTION twice(i int) RETURNS int LANGUAGE sql AS 'SELECT i + i';\n");
        init(project);
        project.ends(ExitCode.OK, "rehearse", "--traffic-rate", "20");
        project.ends(ExitCode.OK, "apply", "--no-watch");
        assertThat(project.status().get("applied").get(0).asString()).isEqualTo("R__twice");
        assertThat(project.ends(ExitCode.REFUSED, "rollback", "R__twice").err()).contains("former text");
    }

    @SideBySide
    void anAlembicThatOpensItsOwnConnectionIsRefused() throws IOException, SQLException {
        FrameworkProject project = bare("alembic");
        String env = Files.readString(directory.resolve("alembic/env.py"));
        write(
                "alembic/env.py",
                "import psycopg2\n"
                        + env.replace(
                                "poolclass=pool.NullPool,",
                                "poolclass=pool.NullPool, creator=lambda: psycopg2.connect('" + elsewhere + "'),"));
        init(project);
        assertThat(project.ends(ExitCode.USAGE, "rehearse").err()).contains("creator=", "nothing was begun");
        nothingWasDoneElsewhere();
    }

    @SideBySide
    void aDjangoMigrationThatUsesAnotherDatabaseIsStopped() throws IOException, SQLException {
        FrameworkProject project = bare("django");
        URI other = URI.create(elsewhere);
        String[] login = other.getUserInfo().split(":", 2);
        String settings = Files.readString(directory.resolve("shopsite/settings.py"));
        write(
                "shopsite/settings.py",
                settings + "DATABASES['legacy'] = {'ENGINE': 'django.db.backends.postgresql', 'HOST': '"
                        + other.getHost() + "', 'PORT': " + other.getPort() + ", 'NAME': '"
                        + other.getPath().substring(1) + "', 'USER': '" + login[0] + "', 'PASSWORD': '" + login[1]
                        + "'}\n");
        write("customers/migrations/0001_initial.py", """
                from django.db import connections, migrations


                def elsewhere(apps, editor):
                    with connections["legacy"].cursor() as cursor:
                        cursor.execute("CREATE TABLE public.gone (id int)")


                class Migration(migrations.Migration):
                    dependencies = []
                    operations = [migrations.RunPython(elsewhere, migrations.RunPython.noop)]
                """);
        init(project);
        assertThat(project.ends(ExitCode.DATABASE, "rehearse", "customers.0001_initial")
                        .err())
                .contains("'legacy'", "nothing was sent there");
        nothingWasDoneElsewhere();
    }

    @SideBySide
    void djangosLibrariesThatRunAlongAreTold() throws IOException {
        FrameworkProject project = bare("django");
        init(project);
        JsonNode status = project.status();
        assertThat(status.get("alongside").toString()).contains("auth.0001_initial", "contenttypes.0001_initial");
        assertThat(status.get("pending").toString()).doesNotContain("auth.");
        assertThat(project.cli()
                        .run("apply", "--dry-run", "customers.0001_initial")
                        .err())
                .contains("run along with the first that depends on them: ", "auth.0001_initial");
    }

    @SideBySide
    void aLaravelMigrationOfAnotherConnectionAndOneWithoutADownAreRefused() throws IOException {
        FrameworkProject project = bare("laravel");
        keepOnly("database/migrations");
        write(
                "database/migrations/2024_01_01_000000_reports.php",
                laravel("Schema::connection('reports')->create('x', function ($t) {});", true));
        init(project);
        assertThat(project.ends(ExitCode.USAGE, "rehearse", "reports").err())
                .contains("the connection reports, which Godwit does not stand in front of");
        write(
                "database/migrations/2024_01_01_000000_reports.php",
                laravel("Schema::create('x', function ($t) { $t->id(); });", false));
        for (String command : new String[] {"rehearse", "apply"}) {
            Outcome outcome = project.ends(ExitCode.REFUSED, command, "reports");
            assertThat(outcome.err()).contains("has no down");
        }
    }

    private static String laravel(String up, boolean down) {
        return Stream.of(
                        "<?php",
                        "use Illuminate\\Database\\Migrations\\Migration;",
                        "use Illuminate\\Support\\Facades\\Schema;",
                        "return new class extends Migration {",
                        "    public function up() { " + up + " }",
                        down ? "    public function down() { Schema::drop('x'); }" : "",
                        "};")
                .collect(Collectors.joining("\n"));
    }
}
