package dev.godwit.execute;

import dev.godwit.plan.BackfillSpec;
import dev.godwit.plan.Step;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Direction;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import dev.godwit.text.SourceText;
import dev.godwit.text.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds the work of a migration statement by statement.
final class WorkBuilder {
    private final String version;
    private final List<Step> steps = new ArrayList<>();
    private final Map<ParsedStatement, List<LockNeed>> needs = new HashMap<>();
    private Direction direction = Direction.UP;
    private String digest = "sha256:test";
    private int offset;

    private WorkBuilder(String version) {
        this.version = version;
    }

    static WorkBuilder migration(String version) {
        return new WorkBuilder(version);
    }

    WorkBuilder down() {
        direction = Direction.DOWN;
        return this;
    }

    WorkBuilder digest(String other) {
        digest = other;
        return this;
    }

    /// One transaction of statements that lock nothing that others can see.
    WorkBuilder transaction(String... statements) {
        List<ParsedStatement> parsed = new ArrayList<>();
        for (String sql : statements) {
            parsed.add(known(sql, new Statement.Other("Test"), List.of()));
        }
        steps.add(new Step.RunInTransaction(parsed));
        return this;
    }

    /// One transaction of one statement that takes one lock.
    WorkBuilder locking(String table, LockMode mode, String sql) {
        LockNeed need = new LockNeed(QualifiedName.inPublic(table), mode);
        steps.add(new Step.RunInTransaction(List.of(known(sql, new Statement.Other("Test"), List.of(need)))));
        return this;
    }

    WorkBuilder outside(String sql, Statement statement) {
        steps.add(new Step.RunOutsideTransaction(known(sql, statement, List.of())));
        return this;
    }

    WorkBuilder concurrentIndex(String name, String table, String rest) {
        return index(name, table, "CREATE INDEX CONCURRENTLY " + name + " ON " + table + " " + rest);
    }

    WorkBuilder uniqueConcurrentIndex(String name, String table, String rest) {
        return index(name, table, "CREATE UNIQUE INDEX CONCURRENTLY " + name + " ON " + table + " " + rest);
    }

    private WorkBuilder index(String name, String table, String sql) {
        return outside(
                sql,
                new Statement.CreateIndex(
                        Optional.of(name),
                        QualifiedName.inPublic(table),
                        List.of(),
                        Optional.empty(),
                        sql.contains("UNIQUE"),
                        true,
                        false,
                        false));
    }

    WorkBuilder backfill(int batch, String sql, Statement statement) {
        steps.add(new Step.Backfill(
                known(sql, statement, List.of()), new BackfillSpec(batch, Optional.empty(), Duration.ZERO)));
        return this;
    }

    private ParsedStatement known(String sql, Statement statement, List<LockNeed> locks) {
        ParsedStatement parsed =
                new ParsedStatement(new Span(offset, offset + sql.length()), sql, statement, List.of());
        offset += sql.length() + 1;
        needs.put(parsed, locks);
        return parsed;
    }

    Work build() {
        return new Work(
                version + "_test",
                version,
                direction,
                digest,
                new SourceText("migrations/" + version + "_test.up.sql", " ".repeat(offset)),
                steps,
                needs,
                Optional.empty());
    }
}
