package dev.godwit.command;

import dev.godwit.db.Session;
import dev.godwit.execute.Leftovers;
import dev.godwit.execute.LockDiscipline;
import dev.godwit.execute.LockNeed;
import dev.godwit.execute.QuietMoment;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunEvent;
import dev.godwit.gateway.Completion;
import dev.godwit.gateway.HeldSession;
import dev.godwit.gateway.Retry;
import dev.godwit.gateway.SentStatement;
import dev.godwit.gateway.TransactionStatus;
import dev.godwit.plan.Step;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One connection of a guarded run, and the wait of its present transaction or statement. Its calls follow each other,
/// on one thread or another; it waits for nobody but the holders of its own locks.
final class GuardedConnection {
    private final GuardedRun run;
    private final RunContext context;
    private volatile Optional<Open> open = Optional.empty();
    private volatile Optional<Held> held = Optional.empty();
    private volatile Optional<Limit> limit = Optional.empty();

    /// The step that the connection is in.
    ///
    /// @param seen whether one of its statements has come: a BEGIN may be the framework's own
    private record Open(int step, long sinceNanos, boolean seen) {}

    /// The present transaction, or statement outside of one, that needs a strong lock.
    ///
    /// @param look what `quiet` looks through, this connection's alone until it leaves
    private record Held(QuietMoment quiet, Session look, Duration lockTimeout, int tries) {
        Held longer(Duration time) {
            return new Held(quiet, look, time, tries + 1);
        }
    }

    /// The lock timeout that Godwit has set on the connection, and the framework's, as the server writes them.
    private record Limit(String before, String set) {}

    GuardedConnection(GuardedRun run) {
        this.run = run;
        this.context = run.context();
    }

    void before(HeldSession session, SentStatement statement) {
        run.check();
        if (!session.canQuery()) {
            return;
        }
        if (statement.before() == TransactionStatus.IDLE) {
            run.order().stepOf(statement.sql()).ifPresent(step -> enter(session, step));
        }
        run.order().find(statement.sql()).ifPresent(parsed -> context.observer().before(session, parsed));
    }

    /// The beginning of a transaction, or of a statement outside of one.
    private void enter(HeldSession session, int step) {
        Step what = run.work().steps().get(step);
        open = Optional.of(new Open(step, System.nanoTime(), false));
        if (what instanceof Step.RunInTransaction transaction) {
            context.observer()
                    .before(new InBlock(session), transaction.statements().getFirst());
        }
        if (what instanceof Step.RunOutsideTransaction outside) {
            clearTheWay(step, outside);
            limit(session, Duration.ZERO);
            return;
        }
        List<LockNeed> needs = run.work().strongNeeds(what);
        if (!needs.isEmpty()) {
            hold(session, step, needs);
        }
    }

    private void hold(HeldSession session, int step, List<LockNeed> needs) {
        letGo();
        Session look = run.lookouts().take();
        boolean kept = false;
        try {
            QuietMoment quiet = new QuietMoment(context, step, look, needs);
            quiet.await();
            int tries = run.tries();
            Duration time = context.policy().lockTimeout(tries);
            held = Optional.of(new Held(quiet, look, time, tries));
            kept = true;
            limit(session, time);
        } finally {
            if (!kept) {
                run.lookouts().giveBack(look);
            }
        }
    }

    private void clearTheWay(int step, Step.RunOutsideTransaction outside) {
        if (outside.statement().statement() instanceof Statement.CreateIndex create && create.concurrently()) {
            Session look = run.lookouts().take();
            try {
                Leftovers.dropInvalid(look, create)
                        .ifPresent(index -> context.listener().on(new RunEvent.LeftoverDropped(step, index)));
            } finally {
                run.lookouts().giveBack(look);
            }
        }
    }

    private void limit(HeldSession session, Duration time) {
        String before = limit.map(Limit::before)
                .orElseGet(() -> lockTimeout(session, "SELECT current_setting('lock_timeout') AS value"));
        String set = "SELECT set_config('lock_timeout', '" + time.toMillis() + "', false) AS value";
        limit = Optional.of(new Limit(before, lockTimeout(session, set)));
    }

    private static String lockTimeout(HeldSession session, String query) {
        return session.queryOne(query, row -> row.text("value")).orElseThrow();
    }

    /// The framework finds the setting as it left it: what it has set meanwhile stays.
    private void restore(HeldSession session) {
        Optional<Limit> here = limit;
        limit = Optional.empty();
        here.ifPresent(one -> session.query(
                "SELECT set_config('lock_timeout', '" + one.before()
                        + "', false) AS value WHERE current_setting('lock_timeout') = '" + one.set() + "'",
                row -> row.text("value")));
    }

    Retry after(HeldSession session, SentStatement statement, Completion completion) {
        if (completion.error().isPresent()) {
            return failed(session, statement, completion);
        }
        Optional<ParsedStatement> parsed = run.order().find(statement.sql());
        parsed.ifPresent(one -> {
            begun();
            context.listener().on(new RunEvent.StatementFinished(run.order().step(one), one, completion.took()));
            if (session.canQuery()) {
                context.observer().after(session, one);
            }
        });
        if (completion.after() == TransactionStatus.IDLE) {
            finished();
            leave(session);
        }
        parsed.ifPresent(run.order()::pass);
        return Retry.DONE;
    }

    private void begun() {
        open.filter(here -> !here.seen()).ifPresent(here -> {
            context.listener().on(new RunEvent.StepBegun(here.step(), "by the framework"));
            open = Optional.of(new Open(here.step(), here.sinceNanos(), true));
        });
    }

    private Retry failed(HeldSession session, SentStatement statement, Completion completion) {
        String sqlState = completion.error().orElseThrow().sqlState();
        run.failed(sqlState);
        Optional<Held> here = held.filter(_ -> LockDiscipline.triesAgain(sqlState));
        if (here.isPresent() && statement.before() == TransactionStatus.IDLE) {
            again(session, here.get(), sqlState);
            return Retry.RETRY;
        }
        here.ifPresent(one -> run.missed(new GuardedRun.Missed(one.quiet(), one.lockTimeout(), sqlState)));
        if (completion.after() == TransactionStatus.IDLE) {
            leave(session);
        }
        return Retry.DONE;
    }

    private void again(HeldSession session, Held here, String sqlState) {
        here.quiet().standAside(here.tries(), here.lockTimeout(), sqlState);
        here.quiet().await();
        Duration longer = context.policy().lockTimeout(here.tries() + 1);
        limit(session, longer);
        held = Optional.of(here.longer(longer));
    }

    private void finished() {
        open.filter(Open::seen).ifPresent(done -> {
            Duration took = Duration.ofNanos(System.nanoTime() - done.sinceNanos());
            context.listener().on(new RunEvent.StepFinished(done.step(), took));
        });
    }

    private void leave(HeldSession session) {
        open = Optional.empty();
        letGo();
        if (session.canQuery()) {
            restore(session);
        }
    }

    /// Somebody else may look through what this one looked through.
    void letGo() {
        held.ifPresent(here -> run.lookouts().giveBack(here.look()));
        held = Optional.empty();
    }
}
