package dev.godwit.command;

import dev.godwit.gateway.Completion;
import dev.godwit.gateway.HeldSession;
import dev.godwit.gateway.Retry;
import dev.godwit.gateway.SentStatement;
import dev.godwit.gateway.StatementHandler;
import dev.godwit.gateway.TransactionStatus;
import dev.godwit.gateway.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Hears every statement of a run and changes none.
final class Listener implements StatementHandler {
    private final List<Heard> heard = new ArrayList<>();

    @Override
    public Verdict before(HeldSession session, SentStatement statement) {
        return Verdict.FORWARD;
    }

    @Override
    public synchronized Retry after(HeldSession session, SentStatement statement, Completion completion) {
        heard.add(new Heard(
                statement.connection(),
                statement.sql(),
                statement.before() != TransactionStatus.IDLE,
                completion.after() != TransactionStatus.IDLE,
                completion.error().isPresent()));
        return Retry.DONE;
    }

    synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }
}
