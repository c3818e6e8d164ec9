package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.dsl.DialectCase;
import dev.godwit.source.Invocation;
import dev.godwit.source.NewFile;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the SQL would have made, Liquibase makes of the changes that stand for it, and undoes it.
class RealLiquibaseDialectTest {
    private static final String CHANGELOG = "db/changelog/db.changelog-master.xml";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {".xml", ".yaml", ".json"})
    void makesOfTheChangesWhatTheSqlWouldHaveMade(String ending) throws IOException {
        FrameworkRun<Liquibase> run = FrameworkRun.of(new Liquibase(), directory);
        begin(run, ending);
        List<DialectCase> cases = DialectCase.all();
        TestClusters.execute(run.url, DialectCase.setup());
        SchemaPair pair = SchemaPair.of(
                run.url, Set.of("databasechangelog", "databasechangeloglock"), cases, DialectCase.setup());
        CatalogSnapshot before = pair.snapshot();
        cases.forEach(one -> one.requests(run.project(), "liquibase")
                .forEach(request -> NewFile.writeAll(run.framework.newMigration(run.project(), request))));
        int all = run.list().migrations().size();

        run.assertFine(everything(
                run, run.framework.up(run.place(), run.list().migrations().getLast()), all));
        pair.assertSame();
        assertThat(run.query("SELECT DISTINCT region FROM invoice")).containsExactly("EU :name 5% %s ${x}");

        run.assertFine(everything(
                run, run.framework.down(run.place(), run.list().migrations().getLast()), all));
        assertThat(Fingerprint.differences(before, pair.snapshot())).isEmpty();
    }

    /// One file, in which the next changeset is written at the end.
    private void begin(FrameworkRun<Liquibase> run, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(run.root.resolve("db"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        String file = CHANGELOG.replace(".xml", ending);
        run.write(file, LiquibaseText.document(ending, ""));
        Path properties = run.root.resolve("liquibase.properties");
        Files.writeString(properties, Files.readString(properties).replace(CHANGELOG, file));
    }

    /// One process for all of them: `update` or `rollback-count` of as many as there are.
    private Invocation.Finished everything(FrameworkRun<Liquibase> run, Invocation one, int all) {
        List<String> command = one.command().stream()
                .map(word -> word.equals("--count=1") ? "--count=" + all : word)
                .toList();
        return run.run(new Invocation(command, one.directory(), one.environment()));
    }
}
