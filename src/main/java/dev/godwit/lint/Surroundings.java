package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.fact.StatementFacts;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A part of a script and what stands around it: of a script of usual size all of it.
///
/// @param part whose statements are checked
/// @param facts of the statements of the part before it, of its own and of the part after it
/// @param kinds of those statements
/// @param fromStart does no statement of the script stand before those?
/// @param toEnd does none stand after them?
record Surroundings(
        ParsedScript part,
        List<StatementFacts> facts,
        Set<Class<? extends Statement>> kinds,
        boolean fromStart,
        boolean toEnd) {
    /// A transaction of a million statements is checked in a time that grows with it, not with its square.
    private static final int AROUND = 200;

    Surroundings {
        requireNonNull(part);
        facts = List.copyOf(facts);
        kinds = Set.copyOf(kinds);
    }

    /// @param before the facts of the part before it; empty when it is the first
    /// @param after the facts of the part after it; empty when it is the last
    static Surroundings of(
            ParsedScript part,
            List<StatementFacts> before,
            List<StatementFacts> own,
            List<StatementFacts> after,
            boolean fromStart) {
        List<StatementFacts> all = new ArrayList<>(before);
        all.addAll(own);
        all.addAll(after);
        Set<Class<? extends Statement>> kinds = new HashSet<>();
        all.forEach(one -> kinds.add(one.statement().statement().getClass()));
        return new Surroundings(part, all, kinds, fromStart, after.isEmpty());
    }

    List<StatementFacts> before(StatementFacts one) {
        return facts.subList(0, position(one));
    }

    List<StatementFacts> after(StatementFacts one) {
        return facts.subList(position(one) + 1, facts.size());
    }

    private int position(StatementFacts one) {
        return Collections.binarySearch(
                facts,
                one,
                Comparator.comparingInt(found -> found.statement().span().start()));
    }

    List<StatementFacts> inTransactionOf(StatementFacts one) {
        int position = position(one);
        return one.inTransaction()
                ? facts.subList(Math.max(0, position - AROUND), Math.min(facts.size(), position + AROUND)).stream()
                        .filter(other -> other.inTransaction() && other.transaction() == one.transaction())
                        .toList()
                : List.of(one);
    }
}
