package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.ServerFacts;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Journal;
import dev.godwit.execute.Approvals;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Connections;
import dev.godwit.execute.EventLog;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.LedgerRun;
import dev.godwit.execute.RetryPolicy;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunListener;
import dev.godwit.execute.Runner;
import dev.godwit.execute.SingleRunner;
import dev.godwit.execute.VersionBook;
import dev.godwit.execute.Work;
import dev.godwit.problem.GodwitException;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.SqlForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/// Changes production: gates, then the step runner under the lock discipline, then verification. A crash at any moment
/// leaves what the same call completes.
public final class Applier {
    private static final Duration OTHER_RUNNER = Duration.ofSeconds(5);

    private final Target target;
    private final Permit permit;

    /// Where, and how.
    ///
    /// @param connections to production
    /// @param host this machine's name, for the ledger
    /// @param carriesTiming whether a runbook tells the time of an evidence
    public record Target(
            Connections connections,
            VersionBook versions,
            Runner runner,
            RetryPolicy policy,
            String host,
            Cancellation cancellation,
            RunListener listener,
            BiPredicate<String, Evidence> carriesTiming) {
        public Target {
            requireNonNull(connections);
            requireNonNull(versions);
            requireNonNull(runner);
            requireNonNull(policy);
            requireNonNull(host);
            requireNonNull(cancellation);
            requireNonNull(listener);
            requireNonNull(carriesTiming);
        }
    }

    public Applier(Target target, Permit permit) {
        this.target = requireNonNull(target);
        this.permit = requireNonNull(permit);
    }

    /// @throws dev.godwit.problem.GodwitException when nothing can be written here, or the version table is another
    /// tool's
    public List<Gate> gates(Order order) {
        return permit.over(judged(order));
    }

    private static boolean highRisk(Order order) {
        return order.ownEvidence()
                .filter(evidence -> evidence.risk().level() == Evidence.Level.HIGH)
                .isPresent();
    }

    private static List<String> approvedBy(Session session, Migration migration) {
        return Approvals.ofOthers(session, migration.id(), migration.digest());
    }

    private List<Gate> judged(Order order) {
        try (Session session = target.connections().open()) {
            requireWritable(session);
            CatalogSnapshot schema = read(session);
            Optional<String> begun = begunWith(session, order.migration());
            List<Gate> gates =
                    new ArrayList<>(new Gates(order).forApply(schema, begun, target.carriesTiming(), permit));
            gates.add(permit.windowGate());
            gates.add(permit.approvalGate(order.migration(), highRisk(order), approvedBy(session, order.migration())));
            gates.addAll(live(session, order, schema));
            permit.requireKnown(gates);
            return List.copyOf(gates);
        }
    }

    /// What a script that PostgreSQL does not accept would need, nobody knows; the other gates say what is wrong with
    /// it.
    private List<Gate> live(Session session, Order order, CatalogSnapshot schema) {
        try {
            return live(session, order, Undertaking.of(schema, order.form(), Direction.UP));
        } catch (GodwitException e) {
            return LiveGate.noneAsked(e.problem());
        }
    }

    private List<Gate> live(Session session, Order order, Undertaking undertaking) {
        return LiveGate.askAll(new Scene(
                session, target.connections(), order, undertaking.work(), permit.limits(), target.cancellation()));
    }

    /// @throws dev.godwit.problem.GodwitException with every closed gate, or with what stopped the run and how to go on
    public void apply(Order order) {
        List<Gate> judged = judged(order);
        refuseIfClosed(order, permit.over(judged));
        Waived.keep(target.connections(), order.migration().id(), judged, permit);
        run(order.form(), Direction.UP);
    }

    /// Neither window nor approval: who approved the up has approved its rehearsed down, and what hurts at night is
    /// undone at night.
    ///
    /// @param lose names of tables and columns whose rows or values may go
    public List<Gate> rollbackGates(Order order, Set<String> lose) {
        return permit.over(rollbackJudged(order, lose));
    }

    private List<Gate> rollbackJudged(Order order, Set<String> lose) {
        try (Session session = target.connections().open()) {
            requireWritable(session);
            CatalogSnapshot schema = read(session);
            List<Gate> gates = new ArrayList<>(new Gates(order).forRollback(Fingerprint.withoutGrants(schema)));
            if (order.migration().down().isPresent()) {
                Undertaking down = Undertaking.of(schema, order.form(), Direction.DOWN);
                gates.add(new LossGate(session, order.migration().id()).ask(down.losses(), lose));
                gates.addAll(live(session, order, down));
            }
            permit.requireKnown(gates);
            return List.copyOf(gates);
        }
    }

    /// Undoes an applied migration by the down that was rehearsed, and takes its version back.
    ///
    /// @param lose names of tables and columns whose rows or values may go
    public void rollBack(Order order, Set<String> lose) {
        List<Gate> judged = rollbackJudged(order, lose);
        refuseIfClosed(order, permit.over(judged));
        Waived.keep(target.connections(), order.migration().id(), judged, permit);
        run(order.form(), Direction.DOWN);
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

    private void run(SqlForm form, Direction direction) {
        try (SingleRunner runner = SingleRunner.acquire(target.connections(), OTHER_RUNNER, target.cancellation())) {
            RunContext context = RunContext.of(
                            target.connections(), new Ledger(target.host()), target.versions(), target.cancellation())
                    .with(target.policy())
                    .with(target.listener())
                    .with(permit.throttlesOfAll())
                    .with(runner);
            target.runner().run(work(form, direction), context);
        }
    }

    private Work work(SqlForm form, Direction direction) {
        try (Session session = target.connections().open()) {
            return Undertaking.of(read(session), form, direction).work();
        }
    }

    /// What a run would do, without doing it.
    public DryRun dryRun(SqlForm form, Direction direction) {
        return DryRun.of(work(form, direction), Optional.of(target.versions().table()), target.policy());
    }

    /// An open run of this text has changed the schema already, so what it began with counts.
    private static Optional<String> begunWith(Session session, Migration migration) {
        return Ledger.unfinished(session, migration.id())
                .filter(run -> run.digest().equals(migration.digest()))
                .flatMap(LedgerRun::schemaBefore);
    }

    private CatalogSnapshot read(Session session) {
        return CatalogReader.read(session, target.versions().tables());
    }

    /// Asks version table and catalog whether the migration is there whole, and journals the answer.
    public Journal.Verified verify(Order order, Set<String> appliedVersions) {
        try (Session session = target.connections().open()) {
            Journal.Verified verified = new Verification(read(session))
                    .of(order, appliedVersions, permit.waived().keySet());
            EventLog.append(session, order.migration().id(), verified);
            return verified;
        }
    }
}
