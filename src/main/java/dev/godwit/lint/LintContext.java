package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.fact.Outline;
import dev.godwit.fact.StatementFacts;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.Direction;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Set;

/// What a rule may know around a statement. Of a script over 1 MiB that is a thousand statements or more before it and
/// after it, and the outline of the whole.
///
/// @param rules all there are
/// @param active the ids of those that are not off
public record LintContext(
        Surroundings surroundings,
        Outline outline,
        TransactionMode mode,
        Direction direction,
        PostgresVersion version,
        Rules rules,
        Set<String> active) {
    public LintContext {
        requireNonNull(surroundings);
        requireNonNull(outline);
        requireNonNull(mode);
        requireNonNull(direction);
        requireNonNull(version);
        requireNonNull(rules);
        active = Set.copyOf(active);
    }

    /// @return the script, or the part of a long one, whose statements are checked
    public ParsedScript script() {
        return surroundings.part();
    }

    /// @return the facts of the statements, in their order, for what one statement does to another
    public List<StatementFacts> facts() {
        return surroundings.facts();
    }

    /// @return do these begin with the script's first statement?
    public boolean fromStart() {
        return surroundings.fromStart();
    }

    /// @return do these end with the script's last statement?
    public boolean toEnd() {
        return surroundings.toEnd();
    }

    /// @return the facts of the statements before that one, in their order
    public List<StatementFacts> before(StatementFacts facts) {
        return surroundings.before(facts);
    }

    /// @return the facts of the statements after that one, in their order
    public List<StatementFacts> after(StatementFacts facts) {
        return surroundings.after(facts);
    }

    /// @return has it a statement of that kind?
    public boolean has(Class<? extends Statement> kind) {
        return surroundings.kinds().contains(kind);
    }

    /// @return the facts of the statements that stand in one transaction block with that one, itself included; of a
    ///     long transaction the part around it
    public List<StatementFacts> inTransactionOf(StatementFacts facts) {
        return surroundings.inTransactionOf(facts);
    }

    /// @return does one transaction hold the script from its start?
    public boolean wrapped() {
        return outline.wraps(mode);
    }

    /// @return does each statement run on its own, whatever is written?
    public boolean runsOneByOne() {
        return !wrapped() && outline.canLeaveTransaction(mode);
    }

    /// @return can a statement leave the transaction without taking others out of theirs?
    public boolean canLeaveAlone() {
        return runsOneByOne() || (outline.canLeaveTransaction(mode) && facts().size() == 1);
    }
}
