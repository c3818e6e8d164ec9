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

/// What the SQL would have made, Laravel makes of the calls that stand for it, and undoes it.
class RealLaravelDialectTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void makesOfTheCallsWhatTheSqlWouldHaveMade() throws IOException {
        FrameworkRun<Laravel> run = FrameworkRun.of(new Laravel(), directory);
        for (Migration migration : run.list().migrations()) {
            Files.delete(migration.file());
        }
        List<DialectCase> cases = DialectCase.all();
        TestClusters.execute(run.url, DialectCase.setup());
        SchemaPair pair = SchemaPair.of(run.url, Set.of("migrations"), cases, DialectCase.setup());
        CatalogSnapshot before = pair.snapshot();
        cases.forEach(one -> one.requests(run.project(), "laravel")
                .forEach(request -> NewFile.writeAll(run.framework.newMigration(run.project(), named(request)))));

        List<Migration> migrations = run.list().migrations();
        run.assertFine(run.run(task(run, migrations.getLast(), "migrate")));
        pair.assertSame();
        assertThat(run.query("SELECT DISTINCT region FROM invoice")).containsExactly("EU :name 5% %s ${x}");

        run.assertFine(run.run(task(run, migrations.getLast(), "migrate:rollback")));
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

    /// One start of Laravel for all of them.
    private static Invocation task(FrameworkRun<Laravel> run, Migration migration, String... words) {
        Invocation one = run.framework.up(run.place(), migration);
        List<String> command = new ArrayList<>(List.of("php", "artisan"));
        command.addAll(List.of(words));
        command.addAll(List.of("--force", "--no-interaction", "--no-ansi"));
        return new Invocation(command, one.directory(), one.environment());
    }
}
