package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.dsl.DialectCase;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.NewFile;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the SQL would have made, Django makes of the operations that stand for it, and undoes it; and the models of an
/// author who wrote the same into `models.py` are what the migrations have led to.
class RealDjangoDialectTest {
    private static final String BEFORE = "orders.0003_note";

    private static final String MODELS = """
            from django.db import models
            import django.utils.timezone


            class Order(models.Model):
                id = models.BigAutoField(primary_key=True)
                customer = models.ForeignKey("customers.Customer", models.CASCADE, db_index=False)
                placed_at = models.DateTimeField()
                remark = models.TextField(null=True)
                region = models.CharField(max_length=2, null=True)
                state = models.TextField(default="5% :new")
                seen = models.DateTimeField(default=django.utils.timezone.now)
                total = models.DecimalField(max_digits=12, decimal_places=2)

                class Meta:
                    indexes = [
                        models.Index(fields=["customer"], name="orders_by_customer"),
                        models.Index(fields=["customer", "-placed_at"], name="orders_newest"),
                        models.Index(fields=["placed_at"], name="orders_by_time"),
                    ]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void makesOfTheOperationsWhatTheSqlWouldHaveMade() throws IOException {
        FrameworkRun<Django> run = FrameworkRun.of(new Django(), directory);
        run.upFine("customers.0002_customer_user");
        run.upFine(BEFORE);
        String byHand = copyOf(run.url);
        SchemaPair pair = new SchemaPair(run.url, byHand, Set.of(new QualifiedName("public", "django_migrations")));
        CatalogSnapshot before = pair.snapshot();
        List<DialectCase> cases = DialectCase.of(Path.of("src/test/resources/dialect-cases/django"));
        SchemaPair.byHand(byHand, cases);
        for (DialectCase one : cases) {
            one.in("orders." + one.name().substring(3))
                    .requests(run.project(), "django")
                    .forEach(request -> NewFile.writeAll(run.framework.newMigration(run.project(), request)));
        }

        List<Migration> migrations = run.list().migrations();
        run.upFine(migrations.getLast().version());
        pair.assertSame();
        run.write("orders/models.py", MODELS);
        Invocation.Finished asked = makeMigrations(run, migrations.getLast());
        assertThat(asked.output()).contains("No changes detected in app 'orders'");

        List<String> versions = migrations.stream().map(Migration::version).toList();
        run.assertFine(run.down(versions.get(versions.indexOf(BEFORE) + 1)));
        assertThat(Fingerprint.differences(before, pair.snapshot())).isEmpty();
    }

    private static String copyOf(String url) {
        String server = url.substring(0, url.lastIndexOf('/') + 1);
        String name = url.substring(server.length());
        TestClusters.execute(server + "postgres", "CREATE DATABASE by_hand_" + name + " TEMPLATE " + name);
        return server + "by_hand_" + name;
    }

    private static Invocation.Finished makeMigrations(FrameworkRun<Django> run, Migration last) {
        Invocation up = run.framework.up(run.place(), last);
        List<String> command =
                new ArrayList<>(up.command().subList(0, up.command().indexOf("migrate")));
        command.addAll(List.of("makemigrations", "orders", "--check", "--dry-run"));
        return run.run(new Invocation(command, up.directory(), up.environment()));
    }
}
