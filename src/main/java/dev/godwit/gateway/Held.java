package dev.godwit.gateway;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.RowMapper;
import dev.godwit.gateway.wire.MessageWriter;
import java.io.IOException;
import java.util.List;

/// A session between two messages, as a handler sees it.
///
/// @param open whether the protocol lets anything be asked here
record Held(LinkState state, boolean open, Exchange exchange) implements HeldSession {
    /// Sends messages of Godwit's own that end with one Sync, and takes the answers up to its ReadyForQuery.
    @FunctionalInterface
    interface Exchange {
        void run(byte[] messages, Injection injection) throws IOException;
    }

    @Override
    public int backendPid() {
        return state.backendPid();
    }

    @Override
    public boolean inTransaction() {
        return state.status() != TransactionStatus.IDLE;
    }

    @Override
    public boolean canQuery() {
        return open && state.status() != TransactionStatus.FAILED;
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper) {
        return answer(sql).result().stream().map(mapper::map).toList();
    }

    @Override
    public void execute(String sql) {
        answer(sql).result();
    }

    private Injection answer(String sql) {
        if (!canQuery()) {
            throw new IllegalStateException("the session is in a pipeline or a failed transaction: " + sql);
        }
        Injection injection = new Injection();
        try {
            exchange.run(new MessageWriter().oneStatement(Injection.NAME, sql).toBytes(), injection);
            return injection;
        } catch (IOException _) {
            throw DatabaseException.reported("08006", "the connection ended while it was held", "");
        }
    }
}
