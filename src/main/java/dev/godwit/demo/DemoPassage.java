package dev.godwit.demo;

import dev.godwit.apply.Applier;
import dev.godwit.apply.Gate;
import dev.godwit.apply.Order;
import dev.godwit.apply.Permit;
import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.evidence.CriterionState;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.ExitCriterion;
import dev.godwit.evidence.Journal;
import dev.godwit.evidence.Verdict;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.RetryPolicy;
import dev.godwit.execute.RunEvent;
import dev.godwit.execute.Runner;
import dev.godwit.lint.CheckOptions;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.Severity;
import dev.godwit.passage.Passage;
import dev.godwit.problem.Problem;
import dev.godwit.rehearse.Rehearser;
import dev.godwit.rehearse.Settings;
import dev.godwit.rehearse.StagingArea;
import dev.godwit.report.CriteriaReport;
import dev.godwit.report.format.ReportFormats;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.SqlForm;
import dev.godwit.traffic.LatencyReport;
import dev.godwit.traffic.OpenLoop;
import dev.godwit.watch.Baseline;
import dev.godwit.watch.Watch;
import dev.godwit.watch.WatchResult;
import dev.godwit.watch.WatchTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// The stages of the demo, in their order, on a production that is under traffic.
final class DemoPassage {
    static final String QUIET = "quiet";
    static final String SAFE_PHASE = "add_orders_region";

    private static final Settings REHEARSAL = Settings.DEFAULT.withWarmUp(Duration.ofMillis(1_500));

    private static final int REASONS_SHOWN = 3;

    private final Passage passage;
    private final DemoProject files;
    private final OpenLoop traffic;
    private final Narrator narrator;
    private final Cancellation cancellation;

    DemoPassage(Passage passage, DemoProject files, OpenLoop traffic, Narrator narrator, Cancellation cancellation) {
        this.passage = passage;
        this.files = files;
        this.traffic = traffic;
        this.narrator = narrator;
        this.cancellation = cancellation;
    }

    DemoResult.Story tell() {
        traffic.mark(QUIET);
        CompletableFuture<Baseline> normal = measureBaseline();
        CatalogSnapshot production = passage.production().whole();
        narrator.stage("Staging");
        narrator.meanwhile("building it from production's catalog and row counts, no row read");
        try (StagingArea staging = StagingArea.build(
                production,
                1.0,
                passage.production().versions().tables(),
                (table, rows) ->
                        narrator.meanwhile(String.format(Locale.ROOT, "making %,d rows of %s", rows, table)))) {
            narrator.line(String.format(
                    Locale.ROOT,
                    "%,d rows made from production's catalog alone; fidelity %.2f.",
                    staging.made().rows(),
                    staging.made().fidelity()));
            CompletableFuture<WatchResult> watched = addresses(staging, normal);
            Rehearser.Rehearsed naive = naive(staging, watched);
            return safe(staging, naive);
        }
    }

    private CompletableFuture<Baseline> measureBaseline() {
        return meanwhile(watch -> Baseline.measure(watch, Demo.WATCH, Watch.Progress.SILENT));
    }

    /// Looks at production while the story goes on.
    private <T> CompletableFuture<T> meanwhile(Function<Watch, T> look) {
        CompletableFuture<T> seen = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (Watch watch = watch()) {
                seen.complete(look.apply(watch));
            } catch (RuntimeException e) {
                seen.completeExceptionally(e);
            }
        });
        return seen;
    }

    private Watch watch() {
        return Watch.open(WatchTarget.of(passage.production().url()));
    }

    /// A migration as it should be: through all stages. Its watch goes on while the story does.
    private CompletableFuture<WatchResult> addresses(StagingArea staging, CompletableFuture<Baseline> normal) {
        files.add(DemoProject.ADDRESSES);
        Migration migration = passage.production().pending().pending().getFirst();
        narrator.stage("A new table: " + migration.name());
        check(migration);
        Evidence evidence =
                rehearse(rehearser(staging, staging.original()), migration).evidence();
        require(
                evidence.verdict() == Verdict.PASS,
                "the rehearsal of " + migration.id() + " failed: " + String.join("; ", evidence.reasons()));
        narrator.meanwhile("learning what is normal");
        Baseline before = normal.join();
        apply(List.of(migration), "create_customer_addresses");
        narrator.command("godwit watch");
        narrator.line("for " + Demo.WATCH.toSeconds()
                + " s, while the story goes on (shortened for the demo; 5 minutes in" + " real use)");
        return meanwhile(watch -> watch.run(before, Demo.WATCH, Watch.Progress.SILENT));
    }

    private void tellAddresses(Migration migration, WatchResult watched) {
        keepWatch(List.of(migration), watched);
        narrator.command("godwit report " + migration.name());
        narrator.line(report(passage.report(migration)));
    }

    /// The same change as it is usually written: named by the check, measured by the rehearsal, refused by apply.
    private Rehearser.Rehearsed naive(StagingArea staging, CompletableFuture<WatchResult> watched) {
        Migration before = passage.production().pending().applied().getLast();
        files.add(DemoProject.NAIVE);
        Migration migration = passage.production().pending().pending().getFirst();
        narrator.stage("A new column, as it is usually written: " + migration.name());
        CheckResult checked = check(migration);
        narrator.line(ReportFormats.render(ReportFormats.load().named("text"), checked, narrator.paint()));
        Rehearser.Rehearsed rehearsed = rehearse(rehearser(staging, staging.copy()), migration);
        narrator.command("godwit apply " + migration.name());
        Order order = passage.order(SqlForm.of(migration), CheckOptions.defaults());
        Problem refusal = Gate.refusal(migration.id(), applier().gates(order))
                .orElseThrow(() -> new IllegalStateException("the naive form must be refused"));
        narrator.line("refused (exit 1): " + refusal.what());
        files.remove(DemoProject.NAIVE);
        narrator.stage("Meanwhile in production: the watch of " + before.name());
        tellAddresses(before, watched.join());
        return rehearsed;
    }

    private DemoResult.Story safe(StagingArea staging, Rehearser.Rehearsed naive) {
        files.add(DemoProject.SAFE);
        List<Migration> phases = passage.production().pending().pending();
        narrator.stage("The same column in safe phases: expand, backfill, index, NOT NULL");
        CompletableFuture<Baseline> normal = measureBaseline();
        Rehearser rehearser = rehearser(staging, staging.copy());
        List<Evidence> evidence = new ArrayList<>();
        phases.forEach(this::check);
        phases.forEach(phase -> evidence.add(rehearse(rehearser, phase).evidence()));
        Baseline before = normal.join();
        List<String> reasons =
                evidence.stream().flatMap(e -> e.reasons().stream()).toList();
        require(reasons.isEmpty(), "a rehearsal of the safe form failed: " + String.join("; ", reasons));
        apply(phases, SAFE_PHASE);
        double applied = traffic.report()
                .phase(SAFE_PHASE)
                .map(LatencyReport.Phase::longestStallMs)
                .orElseThrow();
        watchAndKeep(phases, before);
        double rehearsed = evidence.stream()
                .mapToDouble(e -> e.traffic().longestStallMs())
                .max()
                .orElseThrow();
        return story(naive, new DemoResult.Form(Math.max(applied, rehearsed), worstVerdict(evidence)), phases);
    }

    private static Verdict worstVerdict(List<Evidence> evidence) {
        return evidence.stream().allMatch(e -> e.verdict() == Verdict.PASS) ? Verdict.PASS : Verdict.FAIL;
    }

    private DemoResult.Story story(Rehearser.Rehearsed naive, DemoResult.Form safe, List<Migration> phases) {
        List<CriteriaReport> reports = phases.stream().map(passage::report).toList();
        CriteriaReport worst = CriteriaReport.of("add_orders_region", worst(reports));
        return new DemoResult.Story(
                new DemoResult.Form(
                        naive.evidence().traffic().longestStallMs(),
                        naive.evidence().verdict()),
                safe,
                worst.criteria().stream().map(DemoResult.Criterion::of).toList(),
                naive.traffic().orElseThrow(),
                worst);
    }

    /// A change in phases has met a criterion when each phase has.
    private static List<ExitCriterion> worst(List<CriteriaReport> reports) {
        List<ExitCriterion> worst = new ArrayList<>(reports.getLast().criteria());
        for (CriteriaReport report : reports) {
            for (int i = 0; i < worst.size(); i++) {
                ExitCriterion criterion = report.criteria().get(i);
                if (criterion.state() != CriterionState.MET) {
                    worst.set(i, criterion);
                }
            }
        }
        return worst;
    }

    private CheckResult check(Migration migration) {
        narrator.command("godwit check " + migration.name());
        CheckResult result = Passage.check(
                SqlForm.of(migration), Direction.UP, passage.production().schema(), CheckOptions.defaults());
        long errors = result.count(Severity.ERROR);
        if (errors == 0) {
            narrator.line("no hazard that stops traffic");
        }
        return result;
    }

    private Rehearser rehearser(StagingArea staging, DatabaseUrl database) {
        return new Rehearser(
                new Rehearser.Place(
                        database, passage.production().versions(), Runner.STEPS, REHEARSAL, cancellation, this::tell),
                passage.production().framework().id(),
                staging.made(),
                Fingerprint.withoutGrants(passage.production().schema()));
    }

    private Rehearser.Rehearsed rehearse(Rehearser rehearser, Migration migration) {
        narrator.command("godwit rehearse " + migration.name());
        narrator.meanwhile("up, down and up again under traffic");
        Rehearser.Rehearsed rehearsed = rehearser.rehearse(SqlForm.of(migration));
        passage.keep(rehearsed);
        Evidence evidence = rehearsed.evidence();
        narrator.line(String.format(
                Locale.ROOT,
                "%s: up %,.0f ms, longest stall %,.0f ms, down %,.0f ms%s",
                evidence.verdict() == Verdict.PASS ? "pass" : "FAIL",
                evidence.upDurationMs(),
                evidence.traffic().longestStallMs(),
                evidence.rollback().durationMs(),
                evidence.rollback().proved() ? ", schema and rows given back, applied again" : ""));
        evidence.reasons().forEach(reason -> narrator.line("  " + reason));
        return rehearsed;
    }

    private Applier applier() {
        return passage.applier(Runner.STEPS, RetryPolicy.DEFAULT, Permit.ALWAYS, cancellation, this::tell);
    }

    private void tell(RunEvent event) {
        narrator.meanwhile(event.sentence());
    }

    private void apply(List<Migration> migrations, String phase) {
        traffic.mark(phase);
        for (Migration migration : migrations) {
            narrator.command("godwit apply " + migration.name());
            Order order = passage.order(SqlForm.of(migration), CheckOptions.defaults());
            applier().apply(order);
            Journal.Verified verified =
                    applier().verify(order, passage.production().applied());
            require(verified.clean(), "not verified: " + verified.remarks());
            narrator.line("applied and verified: version table, indexes and schema are as rehearsed");
        }
        traffic.mark(QUIET);
    }

    private void watchAndKeep(List<Migration> migrations, Baseline before) {
        narrator.command("godwit watch");
        narrator.meanwhile("watching for error spikes");
        try (Watch watch = watch()) {
            keepWatch(
                    migrations,
                    watch.run(
                            before,
                            Demo.WATCH,
                            (elapsed, total, _) -> narrator.meanwhile(
                                    "watching, " + elapsed.toSeconds() + " of " + total.toSeconds() + " s")));
        }
    }

    private void keepWatch(List<Migration> migrations, WatchResult result) {
        migrations.forEach(m -> passage.keepWatch(m, result, Demo.WATCH.toSeconds()));
        narrator.line(result.verdict().name().toLowerCase(Locale.ROOT) + " after " + Demo.WATCH.toSeconds()
                + " s (shortened for the demo; 5 minutes in real use)");
        result.reasons().stream().limit(REASONS_SHOWN).forEach(reason -> narrator.line("  " + reason));
    }

    private String report(CriteriaReport report) {
        return report.text((state, line) -> line);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Problem.refused("the demo did not go as promised: " + otherwise)
                    .remedy("run it again; if it stays so, report it with this text")
                    .raise();
        }
    }
}
