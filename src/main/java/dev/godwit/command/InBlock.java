package dev.godwit.command;

import dev.godwit.db.Queries;
import dev.godwit.db.RowMapper;
import dev.godwit.gateway.HeldSession;
import java.util.List;

/// A session whose transaction block is about to open. A driver may send BEGIN and the first statement
/// together, and nothing can be asked in between, so what that statement finds is looked at before
/// both.
record InBlock(HeldSession session) implements Queries {
    @Override
    public int backendPid() {
        return session.backendPid();
    }

    @Override
    public boolean inTransaction() {
        return true;
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper) {
        return session.query(sql, mapper);
    }

    @Override
    public void execute(String sql) {
        session.execute(sql);
    }
}
