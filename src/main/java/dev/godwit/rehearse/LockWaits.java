package dev.godwit.rehearse;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Queries;
import dev.godwit.db.WaitSampler;
import dev.godwit.execute.Blocker;
import dev.godwit.execute.RunEvent;
import dev.godwit.execute.RunListener;
import dev.godwit.execute.StatementObserver;
import dev.godwit.fact.TransactionScope;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How long a run waited for its locks: in their queues, which another session sees, and away from them, which the
/// run's own events tell. Nothing is asked in the run's own session, so its transactions are as long as unobserved.
final class LockWaits implements StatementObserver, RunListener, AutoCloseable {
    private final WaitSampler<ParsedStatement> sampler;
    private final List<Away> away = new ArrayList<>();

    private Optional<ParsedStatement> current = Optional.empty();
    private @Nullable Stay stay;

    /// A time spent out of the queue because of who held these relations.
    ///
    /// @param step counted from 0
    /// @param statement that did not get its lock; empty when it was not sent yet
    record Away(int step, Optional<ParsedStatement> statement, Set<QualifiedName> relations, long nanos) {
        Away {
            relations = Set.copyOf(relations);
        }
    }

    /// What one run waited for.
    record Seen(List<WaitSampler.Wait<ParsedStatement>> queued, List<Away> away) {
        Seen {
            queued = List.copyOf(queued);
            away = List.copyOf(away);
        }
    }

    /// One that goes on.
    private record Stay(int step, Optional<ParsedStatement> statement, Set<QualifiedName> relations, long sinceNanos) {}

    private LockWaits(WaitSampler<ParsedStatement> sampler) {
        this.sampler = sampler;
    }

    static LockWaits start(DatabaseUrl url) {
        return new LockWaits(WaitSampler.start(url));
    }

    @Override
    public synchronized void before(Queries session, ParsedStatement statement) {
        comeBack();
        current = Optional.of(statement);
        sampler.watch(session.backendPid(), statement);
    }

    @Override
    public synchronized void after(Queries session, ParsedStatement statement) {
        sampler.rest();
    }

    /// A batch of a backfill stands aside for rows and not for its relation.
    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.StepBegun || event instanceof RunEvent.StepFinished) {
            comeBack();
            current = Optional.empty();
        } else if (event instanceof RunEvent.WaitingForQuiet quiet) {
            stayAway(quiet.step(), quiet.blockers(), quiet.waited().toNanos());
        } else if (event instanceof RunEvent.LockMissed missed
                && current.filter(TransactionScope::isBackfill).isEmpty()) {
            sampler.rest();
            stayAway(missed.step(), missed.blockers(), 0);
        }
    }

    private void stayAway(int step, List<Blocker> blockers, long alreadyNanos) {
        Stay before = stay;
        Set<QualifiedName> relations = new TreeSet<>(before == null ? Set.of() : before.relations());
        blockers.forEach(blocker -> relations.add(blocker.relation()));
        long since = before == null ? System.nanoTime() - alreadyNanos : before.sinceNanos();
        stay = new Stay(step, current, relations, since);
    }

    private void comeBack() {
        Stay over = stay;
        if (over != null) {
            away.add(new Away(over.step(), over.statement(), over.relations(), System.nanoTime() - over.sinceNanos()));
        }
        stay = null;
    }

    Seen stop() {
        List<WaitSampler.Wait<ParsedStatement>> queued = sampler.stop();
        synchronized (this) {
            comeBack();
            return new Seen(queued, away);
        }
    }

    @Override
    public void close() {
        sampler.close();
    }
}
