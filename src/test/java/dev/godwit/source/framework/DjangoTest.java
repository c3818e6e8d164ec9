package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Endpoint;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.OwnRunner;
import dev.godwit.source.Pending;
import dev.godwit.source.Project;
import dev.godwit.source.TransactionMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class DjangoTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final Path CASES = Path.of("src/test/resources/frameworks/django");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    private final Django django = new Django(Map.of());

    @TestFactory
    Stream<DynamicTest> listsEveryCaseAsExpected() throws IOException {
        return ListingCases.of(django);
    }

    @Test
    void recognisesAProjectByItsManagePy() throws IOException {
        assertThat(django.recognises(CASES.resolve("project"))).isTrue();
        assertThat(django.recognises(CASES.resolve("err/no-manage"))).isFalse();
        Files.writeString(root.resolve("manage.py"), "from flask.cli import main\n");
        assertThat(django.recognises(root)).isFalse();
    }

    @Test
    void knowsTheRowsOfItsOwnAppsOnly() {
        MigrationSet set = django.list(CASES.resolve("ok/squashed"));
        assertThat(django.appliedVersions(set, Set.of("auth.0001_initial", "shop.0009_gone")))
                .containsExactly("shop.0009_gone");
        assertThat(django.appliedVersions(set, Set.of("shop.0001_initial", "shop.0002_more")))
                .containsExactly("shop.0001_squashed_0002_more");
        assertThat(django.appliedVersions(set, Set.of("shop.0001_initial"))).containsExactly("shop.0001_initial");
    }

    @Test
    void callsLateOnlyWhatAnAppliedOneBuildsOn() {
        MigrationSet set = django.list(CASES.resolve("project"));
        Pending apart = Pending.of(set, Set.of("customers.0001_initial", "orders.0001_initial"));
        assertThat(django.late(set, apart)).isEmpty();
        Pending torn = Pending.of(set, Set.of("orders.0001_initial"));
        assertThat(django.late(set, torn)).extracting(Migration::version).containsExactly("customers.0001_initial");
    }

    @Test
    void recordsASquashedMigrationWithThoseThatItStandsFor() {
        Path folder = CASES.resolve("ok/squashed");
        MigrationSet set = django.list(folder);
        Migration squashed = set.find("shop.0001_squashed_0002_more");
        assertThat(django.rowAdded(Project.at(folder), set, squashed))
                .hasSize(3)
                .first()
                .isEqualTo("INSERT INTO \"public\".\"django_migrations\" (app, name, applied)"
                        + " VALUES ('shop', '0001_initial', now())");
        assertThat(django.rowRemoved(Project.at(folder), set, squashed)).hasSize(3);
    }

    @Test
    void takesTheSettingsThatTheUserNames() throws IOException {
        Files.writeString(
                root.resolve("manage.py"),
                "import django\nos.environ.setdefault(\"DJANGO_SETTINGS_MODULE\", \"site.settings\")\n");
        assertThat(status(new Django(Map.of())).environment())
                .containsEntry("GODWIT_DJANGO_SETTINGS", "site.settings")
                .containsEntry("DJANGO_SETTINGS_MODULE", "godwit_settings")
                .containsEntry("PGPASSWORD", "secret");
        assertThat(status(new Django(Map.of("DJANGO_SETTINGS_MODULE", "site.production", "PYTHONPATH", "/lib")))
                        .environment())
                .containsEntry("GODWIT_DJANGO_SETTINGS", "site.production")
                .containsEntry("PYTHONPATH", root.resolve("scratch") + ":/lib");
        assertThat(status(django).display()).isEqualTo("python3 manage.py showmigrations --plan");
        Files.writeString(
                root.resolve("manage.py"),
                "import django\nos.environ[\"DJANGO_SETTINGS_MODULE\"] = \"site.settings\"\n");
        assertThat(status(django).command()).contains("--settings=godwit_settings");
        assertThat(status(django).environment()).containsEntry("GODWIT_DJANGO_SETTINGS", "site.settings");
    }

    @Test
    void takesTheProjectsOwnPythonFirst() throws IOException {
        Files.writeString(
                root.resolve("manage.py"),
                "import django\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n");
        Path admin = Files.createDirectories(root.resolve("bin")).resolve("django-admin");
        Files.writeString(admin, "#!/opt/python/bin/python3.12\nimport django\n");
        assertThat(status(new Django(Map.of("PATH", "/nowhere:" + root.resolve("bin"))))
                        .command()
                        .getFirst())
                .isEqualTo("/opt/python/bin/python3.12");
        Path own = Files.createDirectories(root.resolve(".venv/bin")).resolve("python");
        Files.writeString(own, "#!/bin/sh\n");
        assertThat(own.toFile().setExecutable(true)).isTrue();
        assertThat(status(django).command().getFirst()).isEqualTo(own.toString());
    }

    private Invocation status(Django framework) throws IOException {
        Path scratch = Files.createDirectories(root.resolve("scratch"));
        Endpoint endpoint = new Endpoint("127.0.0.1", 5433, "shop", "ann", Optional.of("secret"));
        return framework.status(
                new OwnRunner.Place(Project.at(root), new MigrationSet(List.of(), List.of()), endpoint, scratch));
    }

    @Test
    void writesAMigrationBehindTheNewestOfItsApp() throws IOException {
        app("shop");
        write("shop.start", "CREATE TABLE t (a text)", "DROP TABLE t");
        NewFile second = write("Index it", "CREATE INDEX CONCURRENTLY i ON t (a); ANALYZE t", "DROP INDEX i");
        assertThat(root.relativize(second.path())).hasToString("shop/migrations/0002_index_it.py");
        assertThat(second.content()).isEqualTo("""
                # Generated by Godwit on 2026-11-22 10:30

                from django.db import migrations


                class Migration(migrations.Migration):
                    atomic = False

                    dependencies = [
                        ("shop", "0001_start"),
                    ]

                    operations = [
                        migrations.RunSQL(
                            sql=[
                                "CREATE INDEX CONCURRENTLY i ON t (a)",
                                "ANALYZE t",
                            ],
                            reverse_sql="DROP INDEX i",
                        ),
                    ]
                """);
        MigrationSet set = django.list(root);
        assertThat(set.problems()).isEmpty();
        assertThat(set.migrations())
                .extracting(Migration::version, Migration::transactionMode)
                .containsExactly(
                        tuple("shop.0001_start", TransactionMode.AUTO),
                        tuple("shop.0002_index_it", TransactionMode.NEVER));
        NewFile third = write("note", "ALTER TABLE t\n  ADD b text", "-- godwit:no-op it was never read");
        assertThat(third.content()).contains("""
                            sql=\"""
                                ALTER TABLE t
                                  ADD b text
                            \""",
                            # godwit:no-op it was never read
                            reverse_sql=migrations.RunSQL.noop,
                """);
        assertThat(django.list(root).migrations().getLast().down()).isPresent();
    }

    @Test
    void leavesASkeletonWhoseDownIsMissing() throws IOException {
        app("shop");
        NewFile file = django.newMigration(
                        Project.at(root), request("later", Optional.of("SELECT 1"), Optional.empty()))
                .getFirst();
        NewFile.writeAll(List.of(file));
        assertThat(django.list(root).migrations().getFirst().down()).isEmpty();
    }

    @Test
    void asksForTheAppWhereThereAreSeveral() throws IOException {
        app("shop");
        app("billing");
        assertThatThrownBy(() -> write("Add region", "SELECT 1", "SELECT 1"))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().what()).isEqualTo("the project has several apps: billing, shop");
                    assertThat(e.problem().remedy()).isEqualTo("say which one: godwit new billing.add_region");
                });
        assertThat(write("shop.add_region", "SELECT 1", "SELECT 1").path()).hasFileName("0001_add_region.py");
    }

    @Test
    void tellsWhatTheFrameworkSaidAndNothingOfARow() {
        Problem failed = failure("  Applying shop.0003_unique...", """
                Traceback (most recent call last):
                  File "/usr/lib/python3/dist-packages/django/db/backends/utils.py", line 84, in _execute
                    return self.cursor.execute(sql, params)
                psycopg2.errors.UniqueViolation: could not create unique index "u"
                DETAIL:  Key (email)=(ann@example.com) is duplicated.


                The above exception was the direct cause of the following exception:

                Traceback (most recent call last):
                  File "/usr/lib/python3/dist-packages/django/db/utils.py", line 90, in __exit__
                    raise dj_exc_value.with_traceback(traceback) from exc_value
                django.db.utils.IntegrityError: could not create unique index "u"
                DETAIL:  Key (email)=(ann@example.com) is duplicated.

                """);
        assertThat(failed.what()).isEqualTo("Django: could not create unique index \"u\"");
        assertThat(failed.where()).isEqualTo("shop.0003_unique (UniqueViolation)");
        assertThat(failed.toString()).doesNotContain("ann@example.com");
        assertThat(failure("", "CommandError: Conflicting migrations detected; multiple leaf nodes\n")
                        .remedy())
                .contains("--merge");
        assertThat(failure("", "").what()).contains("exit code 1");
    }

    private Problem failure(String output, String errors) {
        return django.failure(new Invocation.Finished(1, output, errors)).orElseThrow();
    }

    private void app(String label) throws IOException {
        Files.createDirectories(root.resolve(label).resolve("migrations"));
        Files.writeString(root.resolve(label).resolve("migrations/__init__.py"), "");
        Files.writeString(root.resolve("manage.py"), "import django\n");
    }

    private NewFile write(String name, String up, String down) {
        List<NewFile> files = django.newMigration(Project.at(root), request(name, Optional.of(up), Optional.of(down)));
        NewFile.writeAll(files);
        return files.getFirst();
    }

    private static NewMigration request(String name, Optional<String> up, Optional<String> down) {
        return new NewMigration(name, up, down, TransactionMode.AUTO, NOW);
    }
}
