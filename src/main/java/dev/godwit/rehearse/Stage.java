package dev.godwit.rehearse;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Column;
import dev.godwit.catalog.Table;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseException;
import dev.godwit.db.RowFingerprint;
import dev.godwit.db.Session;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunListener;
import dev.godwit.execute.StatementObserver;
import dev.godwit.execute.Work;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.Synthesizer;
import dev.godwit.traffic.CatalogWorkload;
import dev.godwit.traffic.Load;
import dev.godwit.traffic.OpenLoop;
import dev.godwit.traffic.Silence;
import dev.godwit.traffic.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// The staging database as a rehearsal uses it.
final class Stage {
    /// Far above the number of any row that staging was filled with.
    private static final long FIRST_WITNESS = 1_900_000_000L;

    private final Rehearser.Place place;
    private final AtomicLong witness = new AtomicLong(FIRST_WITNESS);

    Stage(Rehearser.Place place) {
        this.place = place;
    }

    Settings settings() {
        return place.settings();
    }

    Session open() {
        return Session.open(place.url(), "godwit rehearse");
    }

    /// @return the schema without Godwit's own tables
    CatalogSnapshot read(Session session) {
        return CatalogReader.read(session, place.versions().tables());
    }

    /// @return traffic of the queries that today's application makes, on the touched tables when nobody gave them
    Traffic traffic(CatalogSnapshot before, Set<QualifiedName> touched, Session session) {
        Load load = place.settings().load();
        return switch (place.settings().users()) {
            case Users.OfCatalog _ -> OpenLoop.start(place.url(), CatalogWorkload.of(before, touched, session), load);
            case Users.OfQueries given ->
                OpenLoop.start(place.url(), given.workload().tried(session), load);
            case Users.None _ -> new Silence();
        };
    }

    LockWaits lockWaits() {
        return LockWaits.start(place.url());
    }

    SpacePeak spacePeak() {
        return SpacePeak.start(place.url());
    }

    StatementProbe probe(Set<QualifiedName> existing) {
        return new StatementProbe(place.url(), existing);
    }

    /// A run that nothing slows down.
    RunContext run(RunListener listener) {
        return RunContext.of(this::open, new Ledger("rehearsal"), place.versions(), place.cancellation())
                .with(listener);
    }

    /// A run whose statements are looked at, which takes a moment around each.
    RunContext run(StatementObserver observer) {
        return run(place.listener()).with(observer);
    }

    /// Carries the work out and returns when it is done.
    void carryOut(Work work, RunContext context) {
        place.runner().run(work, context);
    }

    RunListener listener() {
        return place.listener();
    }

    /// A row that was written between up and down.
    ///
    /// @param sum of the row; empty when none could be written
    /// @param gap why not
    record Witness(QualifiedName table, Optional<RowFingerprint> sum, Optional<String> gap) {}

    /// Inserts a row that nothing else has, with the columns that today's application knows.
    ///
    /// @param before the schema that today's application was written for
    Witness writeWitness(Session session, CatalogSnapshot before, Table table) {
        Optional<String> insert = new Synthesizer(before, 1.0).insert(table);
        if (insert.isEmpty()) {
            return new Witness(
                    table.name(), Optional.empty(), Optional.of("no row is known that fits " + table.name()));
        }
        try {
            List<String> columns = table.columns().stream().map(Column::name).toList();
            RowFingerprint sum = session.inTransaction(
                    () -> RowFingerprint.ofWritten(session, insert.get(), columns, witness.getAndIncrement()));
            return new Witness(table.name(), Optional.of(sum), Optional.empty());
        } catch (DatabaseException e) {
            String gap = "no row could be written into " + table.name() + " after the up: SQLSTATE " + e.sqlState();
            return new Witness(table.name(), Optional.empty(), Optional.of(gap));
        }
    }

    void rest(Duration time) {
        place.cancellation().pause(time);
    }
}
