package dev.godwit.rehearse;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Filenodes;
import dev.godwit.db.LockSampler;
import dev.godwit.db.LocksHeld;
import dev.godwit.db.ObservedLock;
import dev.godwit.db.Queries;
import dev.godwit.db.WalPosition;
import dev.godwit.fact.TransactionScope;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One statement's time, locks, rewrites and write-ahead log.
///
/// Inside a transaction a lock that was taken is still there afterwards, so one look misses none. Outside, the server
/// lets go of everything before the statement returns, so a sampler looks meanwhile.
final class Measurement {
    private static final double NANOS_PER_MILLI = 1e6;

    private final LocksHeld locksBefore;
    private final Filenodes filesBefore;
    private final WalPosition logBefore;
    private final Optional<LockSampler> sampler;
    private final List<StatementSample.Held> held = new ArrayList<>();

    private long batchNanos = System.nanoTime();
    private boolean looked;
    private double millis;
    private long walBytes;
    private Set<QualifiedName> rewrites = Set.of();

    private Measurement(Queries session, Optional<LockSampler> sampler) {
        this.locksBefore = LocksHeld.of(session);
        this.filesBefore = Filenodes.of(session);
        this.logBefore = WalPosition.of(session);
        this.sampler = sampler;
    }

    static Measurement begin(Queries session, DatabaseUrl url) {
        return new Measurement(
                session,
                session.inTransaction() ? Optional.empty() : Optional.of(LockSampler.start(url, session.backendPid())));
    }

    /// The next batch of the same statement begins.
    void goOn() {
        batchNanos = System.nanoTime();
    }

    /// Batches are alike, so locks and files are read after the first only.
    void finish(Queries session) {
        double took = (System.nanoTime() - batchNanos) / NANOS_PER_MILLI;
        millis += took;
        if (!looked) {
            looked = true;
            look(session, took);
        }
        walBytes = WalPosition.of(session).since(logBefore);
    }

    private void look(Queries session, double took) {
        if (sampler.isPresent()) {
            sampler.get().stop().forEach(this::add);
        } else {
            LocksHeld.of(session)
                    .since(locksBefore)
                    .modes()
                    .forEach((relation, modes) ->
                            modes.forEach(mode -> held.add(new StatementSample.Held(relation, mode, took, 0, true))));
        }
        rewrites = Filenodes.of(session).rewrittenSince(filesBefore);
    }

    private void add(ObservedLock lock) {
        held.add(new StatementSample.Held(
                lock.relation(),
                lock.mode(),
                lock.held().toNanos() / NANOS_PER_MILLI,
                lock.waited().toNanos() / NANOS_PER_MILLI,
                false));
    }

    StatementSample sample(ParsedStatement statement, Set<QualifiedName> existing) {
        List<StatementSample.Held> seen =
                held.stream().filter(lock -> existing.contains(lock.relation())).toList();
        return new StatementSample(statement, millis, TransactionScope.isBackfill(statement), seen, rewrites, walBytes);
    }
}
