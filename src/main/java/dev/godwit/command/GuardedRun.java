package dev.godwit.command;

import dev.godwit.execute.QuietMoment;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.Work;
import dev.godwit.problem.GodwitException;
import java.time.Duration;
import java.util.Optional;

/// What the connections of a guarded run share. Its locks are held for a look or a note, never for a wait.
final class GuardedRun {
    private final RunContext context;
    private final Work work;
    private final HeardOrder order;
    private final Lookouts lookouts;
    private final Object fence = new Object();
    private Optional<Missed> missed = Optional.empty();
    private Optional<GodwitException> broken = Optional.empty();
    private Optional<String> lastSqlState = Optional.empty();
    private int tries;

    /// A transaction's step that stands aside when the command has ended.
    record Missed(QuietMoment quiet, Duration lockTimeout, String sqlState) {}

    GuardedRun(RunContext context, Work work, Lookouts lookouts) {
        this.context = context;
        this.work = work;
        this.order = new HeardOrder(work);
        this.lookouts = lookouts;
    }

    RunContext context() {
        return context;
    }

    Work work() {
        return work;
    }

    HeardOrder order() {
        return order;
    }

    Lookouts lookouts() {
        return lookouts;
    }

    /// Whoever keeps other runners away looks through one session, one at a time.
    void check() {
        context.cancellation().check();
        synchronized (fence) {
            context.fence().check();
        }
    }

    boolean stopIsRequested() {
        return context.cancellation().isRequested();
    }

    /// @return how often the command was run before
    synchronized int tries() {
        return tries;
    }

    synchronized void broken(GodwitException e) {
        broken = Optional.of(e);
    }

    synchronized void failed(String sqlState) {
        lastSqlState = Optional.of(sqlState);
    }

    synchronized void missed(Missed one) {
        missed = Optional.of(one);
    }

    synchronized Optional<String> lastSqlState() {
        return lastSqlState;
    }

    /// After the command has ended: stands aside when it failed for a lock.
    ///
    /// @return whether to run it again
    boolean runAgain() {
        Optional<Missed> why = taken();
        order.rewind();
        int before = tries();
        why.ifPresent(m -> m.quiet().standAside(before, m.lockTimeout(), m.sqlState()));
        triedOnce();
        return why.isPresent();
    }

    private synchronized Optional<Missed> taken() {
        broken.ifPresent(e -> {
            throw e;
        });
        Optional<Missed> why = missed;
        missed = Optional.empty();
        return why;
    }

    private synchronized void triedOnce() {
        tries++;
    }
}
