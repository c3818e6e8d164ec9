package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.dsl.DialectCase;
import dev.godwit.source.Migration;
import dev.godwit.source.NewFile;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the SQL would have made, Alembic makes of the operations that stand for it, and undoes it.
class RealAlembicDialectTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void makesOfTheOperationsWhatTheSqlWouldHaveMade() throws IOException {
        FrameworkRun<Alembic> run = FrameworkRun.of(new Alembic(), directory);
        for (Migration migration : run.list().migrations()) {
            Files.delete(migration.file());
        }
        List<DialectCase> cases = DialectCase.all();
        TestClusters.execute(run.url, DialectCase.setup());
        SchemaPair pair = SchemaPair.of(run.url, Set.of("alembic_version"), cases, DialectCase.setup());
        CatalogSnapshot before = pair.snapshot();
        cases.forEach(one -> one.requests(run.project(), "alembic")
                .forEach(request -> NewFile.writeAll(run.framework.newMigration(run.project(), request))));

        List<Migration> migrations = run.list().migrations();
        run.upFine(migrations.getLast().version());
        pair.assertSame();
        assertThat(run.query("SELECT DISTINCT region FROM invoice")).containsExactly("EU :name 5% %s ${x}");

        run.assertFine(run.down(migrations.getFirst().version()));
        assertThat(Fingerprint.differences(before, pair.snapshot())).isEmpty();
    }
}
