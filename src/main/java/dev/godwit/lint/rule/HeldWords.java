package dev.godwit.lint.rule;

import dev.godwit.fact.EarlierLocks.Held;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Wording;

/// How rules speak of a lock that an earlier statement of the transaction took.
final class HeldWords {
    private static final int LONGEST = 60;

    private HeldWords() {}

    /// @return `since line 1 (ALTER TABLE orders ADD COLUMN total numeric), an ACCESS EXCLUSIVE lock on …`
    static String since(Held held, LintContext context) {
        int start = held.since().span().start();
        return "since line " + context.script().source().position(start).line() + " ("
                + shortened(held.since().sql()) + "), " + Wording.lockOn(held.mode(), held.relation());
    }

    private static String shortened(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST) - 1)) + "…";
    }
}
