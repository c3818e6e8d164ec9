package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.ServerFacts;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Journal;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Connections;
import dev.godwit.execute.EventLog;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.LedgerRun;
import dev.godwit.execute.RetryPolicy;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunListener;
import dev.godwit.execute.SingleRunner;
import dev.godwit.execute.StepRunner;
import dev.godwit.execute.VersionBook;
import dev.godwit.execute.Work;
import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/// Changes production: gates, then the step runner under the lock discipline, then verification. A crash at any moment
/// leaves what the same call completes.
public final class Applier {
    private static final Duration OTHER_RUNNER = Duration.ofSeconds(5);

    private final Target target;

    /// Where, and how.
    ///
    /// @param connections to production
    /// @param host this machine's name, for the ledger
    /// @param carriesTiming whether a runbook tells the time of an evidence
    public record Target(
            Connections connections,
            VersionBook versions,
            RetryPolicy policy,
            String host,
            Cancellation cancellation,
            RunListener listener,
            BiPredicate<String, Evidence> carriesTiming) {
        public Target {
            requireNonNull(connections);
            requireNonNull(versions);
            requireNonNull(policy);
            requireNonNull(host);
            requireNonNull(cancellation);
            requireNonNull(listener);
            requireNonNull(carriesTiming);
        }
    }

    public Applier(Target target) {
        this.target = requireNonNull(target);
    }

    /// @throws dev.godwit.problem.GodwitException when nothing can be written here, or the version table is another
    /// tool's
    public List<Gate> gates(Order order) {
        try (Session session = target.connections().open()) {
            requireWritable(session);
            return new Gates(order).forApply(schemaBefore(session, order.migration()), target.carriesTiming());
        }
    }

    /// @throws dev.godwit.problem.GodwitException with every closed gate, or with what stopped the run and how to go on
    public void apply(Order order) {
        refuseIfClosed(order, gates(order));
        run(order.migration(), Direction.UP);
    }

    public List<Gate> rollbackGates(Order order) {
        return new Gates(order).forRollback();
    }

    /// Undoes an applied migration by the down that was rehearsed, and takes its version back.
    public void rollBack(Order order) {
        try (Session session = target.connections().open()) {
            requireWritable(session);
        }
        refuseIfClosed(order, rollbackGates(order));
        run(order.migration(), Direction.DOWN);
    }

    private static void refuseIfClosed(Order order, List<Gate> gates) {
        Gate.refusal(order.migration().id(), gates).ifPresent(problem -> {
            throw problem.raise();
        });
    }

    private void requireWritable(Session session) {
        ServerFacts.read(session).obstacleToWriting().ifPresent(problem -> {
            throw problem.raise();
        });
        target.versions().requireOwn(session);
    }

    private void run(Migration migration, Direction direction) {
        try (SingleRunner runner = SingleRunner.acquire(target.connections(), OTHER_RUNNER, target.cancellation())) {
            RunContext context = RunContext.of(
                            target.connections(), new Ledger(target.host()), target.versions(), target.cancellation())
                    .with(target.policy())
                    .with(target.listener())
                    .with(runner);
            new StepRunner(context).run(work(migration, direction));
        }
    }

    private Work work(Migration migration, Direction direction) {
        try (Session session = target.connections().open()) {
            return work(session, migration, direction);
        }
    }

    private Work work(Session session, Migration migration, Direction direction) {
        CatalogSnapshot before = read(session);
        Script script = migration
                .script(direction)
                .orElseThrow(() -> migration.downMissing().orElseThrow().raise());
        ParsedScript parsed = Scripts.parse(script.text());
        List<ParsedScript> earlier = direction == Direction.UP
                ? List.of()
                : List.of(Scripts.parse(migration.up().text()));
        FactContext context =
                new FactContext(before.version(), script.transactionMode(), direction, Optional.of(before), earlier);
        return Work.of(migration, direction, parsed, Facts.of(parsed, context))
                .withSchemaBefore(Fingerprint.withoutGrants(before));
    }

    /// What a run would do, without doing it.
    public DryRun dryRun(Migration migration, Direction direction) {
        return DryRun.of(work(migration, direction), target.versions().table(), target.policy());
    }

    /// An open run of this text has changed the schema already, so what it began with counts.
    private String schemaBefore(Session session, Migration migration) {
        return Ledger.unfinished(session, migration.id())
                .filter(run -> run.digest().equals(migration.digest()))
                .flatMap(LedgerRun::schemaBefore)
                .orElseGet(() -> Fingerprint.withoutGrants(read(session)));
    }

    private CatalogSnapshot read(Session session) {
        return CatalogReader.read(session, Set.of(target.versions().table()));
    }

    /// Asks version table and catalog whether the migration is there whole, and journals the answer.
    public Journal.Verified verify(Order order, Set<String> appliedVersions) {
        try (Session session = target.connections().open()) {
            Journal.Verified verified = new Verification(read(session)).of(order, appliedVersions);
            EventLog.append(session, order.migration().id(), verified);
            return verified;
        }
    }
}
