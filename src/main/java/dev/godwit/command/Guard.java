package dev.godwit.command;

import dev.godwit.db.Session;
import dev.godwit.execute.Leftovers;
import dev.godwit.execute.LockDiscipline;
import dev.godwit.execute.LockNeed;
import dev.godwit.execute.QuietMoment;
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
import dev.godwit.plan.Step;
import dev.godwit.problem.GodwitException;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lock discipline around a framework's statements, and the run's events told of them.
///
/// Before a transaction, or a statement outside of one, that needs a strong lock: wait for a quiet moment, and let the
/// session stand in a queue for a moment only. A statement outside of a transaction that did not get its lock is tried
/// again here, unseen by the framework; a transaction is the framework's, so its command fails and is run again.
final class Guard implements StatementHandler {
    private final RunContext context;
    private final Work work;
    private final Script script;
    private final Session look;
    private final Map<Long, Held> held = new HashMap<>();
    private final Map<Long, Open> open = new HashMap<>();
    private Optional<Missed> missed = Optional.empty();
    private Optional<GodwitException> broken = Optional.empty();
    private Optional<String> lastSqlState = Optional.empty();
    private int tries;

    /// The step that a connection is in.
    ///
    /// @param seen whether one of its statements has come: a BEGIN may be the framework's own
    private record Open(int step, long sinceNanos, boolean seen) {}

    /// A step that stands aside.
    private record Missed(QuietMoment quiet, Duration lockTimeout, String sqlState) {}

    /// One connection's present transaction, or statement outside of one.
    private record Held(int step, QuietMoment quiet, String lockTimeoutBefore, Duration lockTimeout, int tries) {}

    /// @param look a session of Godwit's own to look at locks with
    Guard(RunContext context, Work work, Session look) {
        this.context = context;
        this.work = work;
        this.script = new Script(work);
        this.look = look;
    }

    @Override
    public synchronized Verdict before(HeldSession session, SentStatement statement) {
        try {
            context.cancellation().check();
            context.fence().check();
            if (statement.before() == TransactionStatus.IDLE && session.canQuery()) {
                script.stepOf(statement.sql()).ifPresent(step -> enter(session, statement.connection(), step));
            }
            if (session.canQuery()) {
                script.find(statement.sql())
                        .ifPresent(parsed -> context.observer().before(session, parsed));
            }
            return Verdict.FORWARD;
        } catch (GodwitException e) {
            broken = Optional.of(e);
            return Verdict.refuse("57014", "stopped by Godwit");
        }
    }

    /// The beginning of a transaction, or of a statement outside of one.
    private void enter(HeldSession session, long connection, int step) {
        Step what = work.steps().get(step);
        open.put(connection, new Open(step, System.nanoTime(), false));
        if (what instanceof Step.RunInTransaction transaction) {
            context.observer()
                    .before(new InBlock(session), transaction.statements().getFirst());
        }
        if (what instanceof Step.RunOutsideTransaction outside) {
            clearTheWay(step, outside);
            limit(session, Duration.ZERO);
            return;
        }
        List<LockNeed> needs = work.strongNeeds(what);
        if (needs.isEmpty()) {
            return;
        }
        QuietMoment quiet = new QuietMoment(context, step, look, needs);
        quiet.await();
        Duration time = context.policy().lockTimeout(tries);
        held.put(connection, new Held(step, quiet, lockTimeout(session), time, tries));
        limit(session, time);
    }

    private void clearTheWay(int step, Step.RunOutsideTransaction outside) {
        if (outside.statement().statement() instanceof Statement.CreateIndex create && create.concurrently()) {
            Leftovers.dropInvalid(look, create)
                    .ifPresent(index -> context.listener().on(new RunEvent.LeftoverDropped(step, index)));
        }
    }

    private static String lockTimeout(HeldSession session) {
        return session.queryOne("SELECT current_setting('lock_timeout') AS value", row -> row.text("value"))
                .orElseThrow();
    }

    private static void limit(HeldSession session, Duration time) {
        session.execute("SET lock_timeout = " + time.toMillis());
    }

    @Override
    public synchronized Retry after(HeldSession session, SentStatement statement, Completion completion) {
        try {
            return told(session, statement, completion);
        } catch (GodwitException e) {
            broken = Optional.of(e);
            return Retry.DONE;
        }
    }

    private Retry told(HeldSession session, SentStatement statement, Completion completion) {
        Optional<ParsedStatement> parsed = script.find(statement.sql());
        if (completion.error().isPresent()) {
            return failed(session, statement, completion.error().get().sqlState());
        }
        parsed.ifPresent(one -> {
            begun(statement.connection());
            context.listener().on(new RunEvent.StatementFinished(script.step(one), one, completion.took()));
            if (session.canQuery()) {
                context.observer().after(session, one);
            }
        });
        if (completion.after() == TransactionStatus.IDLE) {
            leave(session, statement.connection());
        }
        parsed.ifPresent(script::pass);
        return Retry.DONE;
    }

    private void begun(long connection) {
        Open here = open.get(connection);
        if (here != null && !here.seen()) {
            context.listener().on(new RunEvent.StepBegun(here.step(), "by the framework"));
            open.put(connection, new Open(here.step(), here.sinceNanos(), true));
        }
    }

    private Retry failed(HeldSession session, SentStatement statement, String sqlState) {
        lastSqlState = Optional.of(sqlState);
        Held here = held.get(statement.connection());
        if (here == null || !LockDiscipline.triesAgain(sqlState)) {
            return Retry.DONE;
        }
        if (statement.before() != TransactionStatus.IDLE) {
            missed = Optional.of(new Missed(here.quiet(), here.lockTimeout(), sqlState));
            return Retry.DONE;
        }
        here.quiet().standAside(here.tries(), here.lockTimeout(), sqlState);
        here.quiet().await();
        Duration longer = context.policy().lockTimeout(here.tries() + 1);
        limit(session, longer);
        held.put(
                statement.connection(),
                new Held(here.step(), here.quiet(), here.lockTimeoutBefore(), longer, here.tries() + 1));
        return Retry.RETRY;
    }

    /// The framework finds the setting as it left it.
    private void leave(HeldSession session, long connection) {
        Open done = open.remove(connection);
        if (done != null && done.seen()) {
            Duration took = Duration.ofNanos(System.nanoTime() - done.sinceNanos());
            context.listener().on(new RunEvent.StepFinished(done.step(), took));
        }
        Held here = held.remove(connection);
        if (here != null && session.canQuery()) {
            session.execute("SET lock_timeout = '" + here.lockTimeoutBefore() + "'");
        }
    }

    /// After the command has ended: stands aside when it failed for a lock.
    ///
    /// @return whether to run it again
    synchronized boolean runAgain() {
        broken.ifPresent(e -> {
            throw e;
        });
        Optional<Missed> why = missed;
        missed = Optional.empty();
        held.clear();
        open.clear();
        script.rewind();
        why.ifPresent(m -> m.quiet().standAside(tries, m.lockTimeout(), m.sqlState()));
        tries++;
        return why.isPresent();
    }

    /// @return of the last statement that failed
    synchronized Optional<String> lastSqlState() {
        return lastSqlState;
    }

    /// Where the framework is in the script that was heard before.
    private static final class Script {
        private final Work work;
        private final Map<String, ParsedStatement> bySql = new HashMap<>();
        private final Map<ParsedStatement, Integer> steps = new HashMap<>();
        private int next;

        Script(Work work) {
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
            boolean begins =
                    opens(sql) && next < work.steps().size() && work.steps().get(next) instanceof Step.RunInTransaction;
            return known.isPresent() || !begins ? known : Optional.of(next);
        }

        private static boolean opens(String sql) {
            String word = sql.strip().toUpperCase(java.util.Locale.ROOT);
            return word.startsWith("BEGIN") || word.startsWith("START TRANSACTION");
        }

        int step(ParsedStatement statement) {
            return steps.getOrDefault(statement, 0);
        }

        void pass(ParsedStatement statement) {
            next = step(statement) + 1;
        }

        void rewind() {
            next = 0;
        }

        private static String key(String sql) {
            return sql.strip().replaceAll("\\s+", " ").replaceAll("[; ]+$", "");
        }
    }
}
