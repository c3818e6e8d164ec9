package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.fact.TransactionScope;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.Direction;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Statement;
import dev.godwit.statement.Statement.TransactionControl.Verb;
import java.util.Set;

/// What a rule may know around a statement.
///
/// @param rules all there are
/// @param active the ids of those that are not off
public record LintContext(
        ParsedScript script,
        TransactionMode mode,
        Direction direction,
        PostgresVersion version,
        Rules rules,
        Set<String> active) {
    public LintContext {
        requireNonNull(script);
        requireNonNull(mode);
        requireNonNull(direction);
        requireNonNull(version);
        requireNonNull(rules);
        active = Set.copyOf(active);
    }

    /// @return can a statement of this script leave the transaction by being written so that it refuses one? In mode
    ///     AUTO it can, as long as the file does not open a transaction itself
    public boolean canLeaveTransaction() {
        return switch (mode) {
            case ALWAYS -> false;
            case AUTO, NEVER -> script.statements().stream().noneMatch(parsed -> begins(parsed.statement()));
        };
    }

    /// @return does each statement run on its own, whatever is written?
    public boolean runsOneByOne() {
        return !TransactionScope.wraps(script, mode) && canLeaveTransaction();
    }

    private static boolean begins(Statement statement) {
        return statement instanceof Statement.TransactionControl control && control.verb() == Verb.BEGIN;
    }
}
