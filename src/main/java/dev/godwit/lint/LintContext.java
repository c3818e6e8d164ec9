package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.fact.StatementFacts;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.Direction;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Statement;
import dev.godwit.statement.Statement.TransactionControl.Verb;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// What a rule may know around a statement.
///
/// @param facts of all statements of the script, for what one statement does to another
/// @param kinds of the statements of the script
/// @param wrapped does one transaction hold the script from its start?
/// @param rules all there are
/// @param active the ids of those that are not off
public record LintContext(
        ParsedScript script,
        List<StatementFacts> facts,
        Set<Class<? extends Statement>> kinds,
        boolean wrapped,
        TransactionMode mode,
        Direction direction,
        PostgresVersion version,
        Rules rules,
        Set<String> active) {
    /// A script of a million statements is checked in a time that grows with it, not with its square.
    private static final int AROUND = 200;

    public LintContext {
        requireNonNull(script);
        facts = List.copyOf(facts);
        kinds = Set.copyOf(kinds);
        requireNonNull(mode);
        requireNonNull(direction);
        requireNonNull(version);
        requireNonNull(rules);
        active = Set.copyOf(active);
    }

    /// @return the facts of the statements before that one, in their order
    public List<StatementFacts> before(StatementFacts facts) {
        return this.facts.subList(0, position(facts));
    }

    /// @return the facts of the statements after that one, in their order
    public List<StatementFacts> after(StatementFacts facts) {
        return this.facts.subList(position(facts) + 1, this.facts.size());
    }

    private int position(StatementFacts one) {
        return Collections.binarySearch(
                facts,
                one,
                Comparator.comparingInt(found -> found.statement().span().start()));
    }

    /// @return does the script have a statement of that kind?
    public boolean has(Class<? extends Statement> kind) {
        return kinds.contains(kind);
    }

    /// @return the facts of the statements that stand in one transaction block with that one, itself included; of a
    /// long
    ///     transaction the part around it
    public List<StatementFacts> inTransactionOf(StatementFacts facts) {
        int position = position(facts);
        return facts.inTransaction()
                ? this.facts
                        .subList(Math.max(0, position - AROUND), Math.min(this.facts.size(), position + AROUND))
                        .stream()
                        .filter(other -> other.inTransaction() && other.transaction() == facts.transaction())
                        .toList()
                : List.of(facts);
    }

    /// @return can a statement of this script leave the transaction by being written so that it refuses one? In mode
    ///     AUTO it can, as long as the file does not open a transaction itself
    private boolean canLeaveTransaction() {
        return switch (mode) {
            case ALWAYS -> false;
            case AUTO, NEVER ->
                !has(Statement.TransactionControl.class)
                        || script.statements().stream().noneMatch(parsed -> begins(parsed.statement()));
        };
    }

    /// @return does each statement run on its own, whatever is written?
    public boolean runsOneByOne() {
        return !wrapped && canLeaveTransaction();
    }

    /// @return can a statement leave the transaction without taking others out of theirs?
    public boolean canLeaveAlone() {
        return runsOneByOne() || (canLeaveTransaction() && script.statements().size() == 1);
    }

    private static boolean begins(Statement statement) {
        return statement instanceof Statement.TransactionControl control && control.verb() == Verb.BEGIN;
    }
}
