package dev.godwit.command;

import dev.godwit.gateway.Completion;
import dev.godwit.gateway.ConnectionInfo;
import dev.godwit.gateway.HeldSession;
import dev.godwit.gateway.Retry;
import dev.godwit.gateway.SentStatement;
import dev.godwit.gateway.ServerMessage;
import dev.godwit.gateway.StatementHandler;
import dev.godwit.gateway.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Keeps, of one run of a command, who connected and what failed, and leaves the rest to another
/// handler.
final class ToolRun implements StatementHandler {
    private final StatementHandler next;
    private final Map<String, ServerMessage> failed = new LinkedHashMap<>();
    private int connections;
    private Optional<ServerMessage> last = Optional.empty();

    ToolRun(StatementHandler next) {
        this.next = next;
    }

    @Override
    public Verdict before(HeldSession session, SentStatement statement) {
        return next.before(session, statement);
    }

    @Override
    public Retry after(HeldSession session, SentStatement statement, Completion completion) {
        note(statement, completion);
        return next.after(session, statement, completion);
    }

    /// A statement that succeeded when it came again was tried again on purpose; one before a savepoint
    /// that was gone back to was tried on purpose as well. A question to the catalog or to a table that
    /// is not there changes nothing.
    private synchronized void note(SentStatement statement, Completion completion) {
        String key = Shape.of(statement.sql());
        if (completion.error().isPresent()) {
            last = completion.error();
            if (!key.startsWith("select")) {
                failed.put(key, completion.error().get());
            }
        } else if (key.toUpperCase(Locale.ROOT).startsWith("ROLLBACK TO")) {
            failed.clear();
        } else {
            failed.remove(key);
        }
    }

    @Override
    public synchronized void opened(ConnectionInfo connection) {
        connections++;
        next.opened(connection);
    }

    @Override
    public void closed(ConnectionInfo connection) {
        next.closed(connection);
    }

    synchronized int connections() {
        return connections;
    }

    /// @return of the last statement that failed, whatever came after
    synchronized Optional<ServerMessage> lastError() {
        return last;
    }

    /// @return what failed and was never made good
    synchronized Optional<ServerMessage> failure() {
        return failed.values().stream().findFirst();
    }
}
