package dev.godwit.execute;

import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.Optional;

/// The work of a migration that consists of the given SQL.
final class TestWork {
    private TestWork() {}

    /// Wrapped into one transaction unless a statement refuses that.
    static Work up(String version, String sql) {
        return of(migration(version, sql, TransactionMode.AUTO), Direction.UP);
    }

    /// Each statement a step of its own, but for those between the script's own BEGIN and COMMIT.
    static Work unwrapped(String version, String sql) {
        return of(migration(version, sql, TransactionMode.NEVER), Direction.UP);
    }

    static Work down(String version, String sql) {
        Migration migration = migration(version, "SELECT 1", TransactionMode.AUTO);
        Script down = new Script(Path.of("down.sql"), new SourceText("migrations/" + version + "_test.down.sql", sql));
        return of(new Migration(version, "test", migration.up(), Optional.of(down)), Direction.DOWN);
    }

    private static Migration migration(String version, String sql, TransactionMode mode) {
        SourceText text = new SourceText("migrations/" + version + "_test.up.sql", sql);
        return new Migration(version, "test", new Script(Path.of("up.sql"), text), Optional.empty(), mode);
    }

    static Work of(Migration migration, Direction direction) {
        Script script = migration.script(direction).orElseThrow();
        ParsedScript parsed = Scripts.parse(script.text());
        FactContext context = FactContext.plain(PostgresVersion.ofMajor(18), script.transactionMode());
        return Work.of(SqlForm.of(migration), direction, parsed, Facts.of(parsed, context));
    }
}
