package dev.godwit.traffic;

import dev.godwit.db.Session;
import java.util.SplittableRandom;

/// An operation of one statement, sent as it is.
record Statement(String sql, int weight) implements Operation {
    @Override
    public String name() {
        return sql;
    }

    @Override
    public void run(Session session, SplittableRandom random) {
        session.execute(sql);
    }
}
