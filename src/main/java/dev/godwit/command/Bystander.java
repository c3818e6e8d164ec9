package dev.godwit.command;

import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunEvent;
import dev.godwit.execute.Work;
import dev.godwit.gateway.Completion;
import dev.godwit.gateway.HeldSession;
import dev.godwit.gateway.Retry;
import dev.godwit.gateway.SentStatement;
import dev.godwit.gateway.StatementHandler;
import dev.godwit.gateway.TransactionStatus;
import dev.godwit.gateway.Verdict;
import dev.godwit.problem.GodwitException;
import dev.godwit.statement.ParsedStatement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Looks at the statements of a command, tells the run's events of them, and stands in nobody's way: on
/// production nothing will keep the command to a discipline, so nothing does here.
final class Bystander implements StatementHandler {
    private final RunContext context;
    private final Work work;
    private final ToolScript.Run script;
    private final Map<Long, Block> blocks = new HashMap<>();
    private final Map<Long, ParsedStatement> current = new HashMap<>();
    private final Map<ParsedStatement, Duration> took = new HashMap<>();
    private int step;

    /// A connection's present transaction, or statement outside of one, that has sent a piece of the
    /// script.
    private record Block(int step, long sinceNanos) {}

    Bystander(RunContext context, Work work, ToolScript script) {
        this.context = context;
        this.work = work;
        this.script = script.run();
    }

    @Override
    public synchronized Verdict before(HeldSession session, SentStatement statement) {
        try {
            context.cancellation().check();
            if (begins(statement) && session.canQuery()) {
                script.expected().ifPresent(piece -> context.observer().before(new InBlock(session), piece));
            }
            script.find(statement.sql()).ifPresent(piece -> {
                current.put(statement.connection(), piece);
                begun(statement.connection());
                if (session.canQuery()) {
                    context.observer().before(session, piece);
                }
            });
            return Verdict.FORWARD;
        } catch (GodwitException _) {
            return Verdict.refuse("57014", "stopped by Godwit"); // whoever waits for the command raises it
        }
    }

    private static boolean begins(SentStatement statement) {
        String word = statement.sql().strip().toUpperCase(Locale.ROOT);
        return statement.before() == TransactionStatus.IDLE
                && (word.startsWith("BEGIN") || word.startsWith("START TRANSACTION"));
    }

    private void begun(long connection) {
        if (!work.steps().isEmpty() && !blocks.containsKey(connection)) {
            int number = Math.min(step++, work.steps().size() - 1);
            blocks.put(connection, new Block(number, System.nanoTime()));
            context.listener().on(new RunEvent.StepBegun(number, "by the command"));
        }
    }

    @Override
    public synchronized Retry after(HeldSession session, SentStatement statement, Completion completion) {
        Optional<ParsedStatement> piece = Optional.ofNullable(current.remove(statement.connection()));
        if (piece.isPresent() && completion.error().isEmpty()) {
            Block block = blocks.get(statement.connection());
            Duration sum = took.merge(piece.get(), completion.took(), Duration::plus);
            context.listener().on(new RunEvent.StatementFinished(block == null ? 0 : block.step(), piece.get(), sum));
            if (session.canQuery()) {
                context.observer().after(session, piece.get());
            }
        }
        if (completion.after() == TransactionStatus.IDLE) {
            leave(statement.connection());
        }
        return Retry.DONE;
    }

    private void leave(long connection) {
        Block done = blocks.remove(connection);
        if (done != null) {
            context.listener()
                    .on(new RunEvent.StepFinished(
                            done.step(), Duration.ofNanos(System.nanoTime() - done.sinceNanos())));
        }
    }
}
