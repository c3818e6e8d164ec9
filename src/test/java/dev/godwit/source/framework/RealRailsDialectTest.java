package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.dsl.DialectCase;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the SQL would have made, Rails makes of the calls that stand for it, and undoes it.
class RealRailsDialectTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void makesOfTheCallsWhatTheSqlWouldHaveMade() throws IOException {
        FrameworkRun<Rails> run = FrameworkRun.of(new Rails(), directory);
        for (Migration migration : run.list().migrations()) {
            Files.delete(migration.file());
        }
        run.write("Gemfile.lock", "    rails (6.1.7)\n");
        // Rails cannot dump a table whose name has a double quote in it.
        run.write("config/initializers/no_dump.rb", "ActiveRecord::Base.dump_schema_after_migration = false\n");
        List<DialectCase> cases = DialectCase.all();
        TestClusters.execute(run.url, DialectCase.setup());
        SchemaPair pair =
                SchemaPair.of(run.url, Set.of("schema_migrations", "ar_internal_metadata"), cases, DialectCase.setup());
        CatalogSnapshot before = pair.snapshot();
        cases.forEach(one -> one.requests(run.project(), "rails")
                .forEach(request -> NewFile.writeAll(run.framework.newMigration(run.project(), named(request)))));
        Files.delete(run.root.resolve("Gemfile.lock"));

        List<Migration> migrations = run.list().migrations();
        run.assertFine(run.run(task(run, migrations.getLast(), "db:migrate")));
        pair.assertSame();
        assertThat(run.query("SELECT DISTINCT region FROM invoice")).containsExactly("EU :name 5% %s ${x}");

        run.assertFine(run.run(task(run, migrations.getLast(), "db:rollback", "STEP=" + migrations.size())));
        assertThat(Fingerprint.differences(before, pair.snapshot())).isEmpty();
    }

    /// No class of Ruby begins with a digit.
    private static NewMigration named(NewMigration request) {
        return new NewMigration(
                "case_" + request.name(),
                request.up(),
                request.down(),
                request.transactionMode(),
                request.now(),
                request.body());
    }

    /// One start of Rails for all of them.
    private static Invocation task(FrameworkRun<Rails> run, Migration migration, String... words) {
        Invocation one = run.framework.up(run.place(), migration);
        List<String> command = new ArrayList<>(one.command().stream()
                .takeWhile(word -> !word.startsWith("db:"))
                .toList());
        command.addAll(List.of(words));
        return new Invocation(command, one.directory(), one.environment());
    }
}
