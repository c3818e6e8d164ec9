package dev.godwit.execute;

import dev.godwit.db.Queries;
import dev.godwit.statement.ParsedStatement;

/// Looks at a statement's own session directly before and after it, inside its transaction when it has one: so exact
/// locks and file nodes can be read. A transaction that did not get its locks is tried again, and its statements are
/// shown again.
public interface StatementObserver {
    StatementObserver NONE = new StatementObserver() {
        @Override
        public void before(Queries session, ParsedStatement statement) {}

        @Override
        public void after(Queries session, ParsedStatement statement) {}
    };

    void before(Queries session, ParsedStatement statement);

    void after(Queries session, ParsedStatement statement);

    /// @return this one around the other, which is closest to the statement
    default StatementObserver and(StatementObserver closer) {
        StatementObserver outer = this;
        return new StatementObserver() {
            @Override
            public void before(Queries session, ParsedStatement statement) {
                outer.before(session, statement);
                closer.before(session, statement);
            }

            @Override
            public void after(Queries session, ParsedStatement statement) {
                closer.after(session, statement);
                outer.after(session, statement);
            }
        };
    }
}
