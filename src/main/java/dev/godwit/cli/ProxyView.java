package dev.godwit.cli;

import dev.godwit.db.BackendLocks;
import dev.godwit.db.QueryText;
import dev.godwit.gateway.Completion;
import dev.godwit.gateway.ConnectionInfo;
import dev.godwit.gateway.HeldSession;
import dev.godwit.gateway.Recorder;
import dev.godwit.gateway.Recorder.Recorded;
import dev.godwit.gateway.Retry;
import dev.godwit.gateway.SentStatement;
import dev.godwit.gateway.ServerMessage;
import dev.godwit.gateway.StatementHandler;
import dev.godwit.gateway.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What goes through the gateway as a person or a program reads it. Values in statements are not shown.
final class ProxyView implements StatementHandler {
    /// The document of `proxy --format json`.
    record Document(int exitCode, List<Statement> statements) {}

    /// @param transaction numbered in each connection
    record Statement(
            long connection,
            int backendPid,
            long transaction,
            String sql,
            double durationMs,
            String tag,
            long rows,
            Optional<ServerMessage> error) {}

    private record Running(String sql, long sinceNanos) {}

    private final Terminal terminal;
    private final boolean keeping;
    private final boolean toErr;
    private final LiveBlock block;
    private final Recorder recorder = new Recorder();
    private final Map<Long, Running> running = new ConcurrentHashMap<>();

    /// @param keeping every statement, for the document
    /// @param toErr the other stream is the document's or the command's
    ProxyView(Terminal terminal, boolean keeping, boolean toErr) {
        this.terminal = terminal;
        this.keeping = keeping;
        this.toErr = toErr;
        this.block = new LiveBlock(terminal, TerminalSize::now);
    }

    @Override
    public Verdict before(HeldSession session, SentStatement statement) {
        running.put(statement.connection(), new Running(statement.sql(), System.nanoTime()));
        return Verdict.FORWARD;
    }

    @Override
    public Retry after(HeldSession session, SentStatement statement, Completion completion) {
        running.remove(statement.connection());
        if (keeping) {
            recorder.after(session, statement, completion);
        }
        say(line(statement, completion));
        return Retry.DONE;
    }

    @Override
    public void opened(ConnectionInfo connection) {
        say(terminal.palette()
                .dim("#" + connection.id() + " opened: "
                        + Visible.of(
                                connection.user() + "@" + connection.database() + " " + connection.applicationName())
                        + ", backend " + connection.backendPid()));
    }

    @Override
    public void closed(ConnectionInfo connection) {
        running.remove(connection.id());
        recorder.closed(connection);
        say(terminal.palette().dim("#" + connection.id() + " closed"));
    }

    private void say(String line) {
        if (!toErr) {
            block.print(line);
        } else {
            terminal.note(line);
        }
    }

    private String line(SentStatement statement, Completion completion) {
        String sql = shown(statement.sql());
        String end = completion
                .error()
                .map(error -> terminal.palette().red(Visible.of(error.sqlState() + " " + error.message())) + "  " + sql)
                .orElse(sql);
        return "#" + statement.connection() + "  " + millis(completion.took().toNanos()) + "  " + end;
    }

    private static String shown(String sql) {
        return Visible.of(QueryText.withoutLiterals(sql));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%9.1f ms", nanos / 1e6);
    }

    /// Draws every connection with what it runs, holds and waits for, where the terminal can be written anew.
    void draw(List<ConnectionInfo> connections, Map<Integer, BackendLocks> locks) {
        List<String> lines = new ArrayList<>();
        for (ConnectionInfo one : connections) {
            lines.add(terminal.palette().bold("#" + one.id() + " " + one.backendPid()) + "  " + doing(one));
            Optional.ofNullable(locks.get(one.backendPid())).ifPresent(known -> lines.addAll(standing(known)));
        }
        block.draw(lines);
    }

    /// The lines that stay are all that is left.
    void end() {
        block.erase();
    }

    private String doing(ConnectionInfo connection) {
        Running now = running.get(connection.id());
        return now == null
                ? connection.state().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : millis(System.nanoTime() - now.sinceNanos()) + "  " + shown(now.sql());
    }

    private List<String> standing(BackendLocks locks) {
        List<String> lines = new ArrayList<>();
        locks.held().forEach(lock -> lines.add("    holds " + Visible.of(lock)));
        locks.awaited()
                .forEach(lock -> lines.add(terminal.palette()
                        .red("    waits for " + Visible.of(lock) + ", behind backend " + locks.blockers())));
        return lines;
    }

    Document document(int exitCode) {
        return new Document(
                exitCode, recorder.recorded().stream().map(ProxyView::statement).toList());
    }

    private static Statement statement(Recorded one) {
        return new Statement(
                one.statement().connection(),
                one.statement().backendPid(),
                one.transaction(),
                QueryText.withoutLiterals(one.statement().sql()),
                one.completion().took().toNanos() / 1e6,
                one.completion().tag(),
                one.completion().rows(),
                one.completion().error());
    }
}
