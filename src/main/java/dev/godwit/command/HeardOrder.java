package dev.godwit.command;

import dev.godwit.execute.Work;
import dev.godwit.plan.Step;
import dev.godwit.statement.ParsedStatement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where the framework is in the script that was heard before, whichever of its connections it is there with.
final class HeardOrder {
    private final Work work;
    private final Map<String, ParsedStatement> bySql = new HashMap<>();
    private final Map<ParsedStatement, Integer> steps = new HashMap<>();
    private int next;

    HeardOrder(Work work) {
        this.work = work;
        for (int i = 0; i < work.steps().size(); i++) {
            for (ParsedStatement statement : work.steps().get(i).statements()) {
                bySql.putIfAbsent(key(statement.sql()), statement);
                steps.put(statement, i);
            }
        }
    }

    Optional<ParsedStatement> find(String sql) {
        return Optional.ofNullable(bySql.get(key(sql)));
    }

    /// A statement of the script is in its step; BEGIN opens the one that comes next, when that is a transaction:
    /// after a failed CONCURRENTLY it is the framework's own, to note the failure.
    Optional<Integer> stepOf(String sql) {
        Optional<Integer> known = find(sql).map(steps::get);
        return known.isPresent() || !opens(sql) ? known : nextTransaction();
    }

    private synchronized Optional<Integer> nextTransaction() {
        return next < work.steps().size() && work.steps().get(next) instanceof Step.RunInTransaction
                ? Optional.of(next)
                : Optional.empty();
    }

    private static boolean opens(String sql) {
        String word = sql.strip().toUpperCase(Locale.ROOT);
        return word.startsWith("BEGIN") || word.startsWith("START TRANSACTION");
    }

    int step(ParsedStatement statement) {
        return steps.getOrDefault(statement, 0);
    }

    synchronized void pass(ParsedStatement statement) {
        next = step(statement) + 1;
    }

    synchronized void rewind() {
        next = 0;
    }

    private static String key(String sql) {
        return sql.strip().replaceAll("\\s+", " ").replaceAll("[; ]+$", "");
    }
}
