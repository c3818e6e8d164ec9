package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.ServerFacts;
import dev.godwit.db.Session;
import dev.godwit.execute.Approvals;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.SingleRunner;
import dev.godwit.execute.StepRunner;
import dev.godwit.execute.Work;
import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.statement.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Carries out a backfill that is no migration: the gates that ask production, then its batches. It changes no schema
/// and has no down, so nothing of it is rehearsed; and it keeps no other Godwit away but one on the same backfill or on
/// the same table.
public final class Backfiller {
    private static final Duration OTHER_RUNNER = Duration.ofSeconds(5);

    private final Applier.Target target;
    private final Permit permit;

    /// @param target its version book is `VersionBook.none()`
    public Backfiller(Applier.Target target, Permit permit) {
        this.target = requireNonNull(target);
        this.permit = requireNonNull(permit);
    }

    /// @param backfill of `BackfillFiles`
    /// @throws dev.godwit.problem.GodwitException when nothing can be written here, or it is no backfill
    public List<Gate> gates(Migration backfill) {
        return permit.over(judged(backfill));
    }

    private List<Gate> judged(Migration backfill) {
        try (Session session = target.connections().open()) {
            ServerFacts.read(session).obstacleToWriting().ifPresent(problem -> {
                throw problem.raise();
            });
            Work work = work(session, backfill);
            List<String> approvals = Approvals.ofOthers(session, backfill.id(), backfill.digest());
            Order order = new Order(
                    SqlForm.of(backfill),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Order.Repair.NONE);
            List<Gate> gates = new ArrayList<>();
            gates.add(permit.windowGate());
            gates.add(permit.approvalGate(backfill, deletes(work), approvals));
            gates.addAll(LiveGate.askAll(
                    new Scene(session, target.connections(), order, work, permit.limits(), target.cancellation())));
            permit.requireKnown(gates);
            return List.copyOf(gates);
        }
    }

    private static boolean deletes(Work work) {
        return work.steps().stream()
                .flatMap(step -> step.statements().stream())
                .anyMatch(statement -> statement.statement() instanceof Statement.DeleteRows);
    }

    private Work work(Session session, Migration backfill) {
        CatalogSnapshot schema = CatalogReader.read(session, target.versions().tables());
        ParsedScript script = Scripts.parse(backfill.up().text());
        FactContext context =
                new FactContext(schema.version(), TransactionMode.NEVER, Direction.UP, Optional.of(schema), List.of());
        return Work.ofBackfill(backfill, script, Facts.of(script, context));
    }

    /// What a run would do, without doing it.
    public DryRun dryRun(Migration backfill) {
        try (Session session = target.connections().open()) {
            return DryRun.of(work(session, backfill), Optional.empty(), target.policy());
        }
    }

    /// Goes on where an earlier run of the same text stopped.
    ///
    /// @param again whether to begin anew whatever was done before
    /// @return when this text was done before; then, without `again`, nothing was done now
    /// @throws dev.godwit.problem.GodwitException with every closed gate, or with what stopped it and how to go on
    public Optional<String> run(Migration backfill, boolean again) {
        Optional<String> before = finished(backfill);
        if (before.isPresent() && !again) {
            return before;
        }
        List<Gate> judged = judged(backfill);
        Gate.refusal(backfill.id(), permit.over(judged)).ifPresent(problem -> {
            throw problem.raise();
        });
        Waived.keep(target.connections(), backfill.id(), judged, permit);
        carryOut(backfill, again);
        return Optional.empty();
    }

    private Optional<String> finished(Migration backfill) {
        try (Session session = target.connections().open()) {
            return Ledger.unfinished(session, backfill.id()).isPresent()
                    ? Optional.empty()
                    : Ledger.finished(session, backfill.id(), backfill.digest());
        }
    }

    private void carryOut(Migration backfill, boolean again) {
        try (SingleRunner runner = SingleRunner.ofBackfill(
                        target.connections(), backfill.id(), OTHER_RUNNER, target.cancellation());
                Session session = target.connections().open()) {
            if (again && Ledger.exists(session)) {
                Ledger.giveUp(session, backfill.id());
            }
            RunContext context = RunContext.of(
                            target.connections(), new Ledger(target.host()), target.versions(), target.cancellation())
                    .with(target.policy())
                    .with(target.listener())
                    .with(permit.throttlesOfAll())
                    .with(runner);
            new StepRunner(context).run(work(session, backfill));
        }
    }
}
