package dev.godwit.passage;

import static java.util.Objects.requireNonNull;

import dev.godwit.apply.Applier;
import dev.godwit.apply.HalfDone;
import dev.godwit.apply.Order;
import dev.godwit.apply.Permit;
import dev.godwit.apply.TornRecord;
import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.EvidenceStore;
import dev.godwit.evidence.ExitCriteria;
import dev.godwit.evidence.Journal;
import dev.godwit.evidence.SchemaStore;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.EventLog;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.RetryPolicy;
import dev.godwit.execute.RunListener;
import dev.godwit.execute.Runner;
import dev.godwit.lint.CheckFile;
import dev.godwit.lint.CheckOptions;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.Linter;
import dev.godwit.lint.Severity;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.rehearse.Rehearser;
import dev.godwit.report.CriteriaReport;
import dev.godwit.report.Runbook;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Pending;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.statement.ScriptParts;
import dev.godwit.statement.Scripts;
import dev.godwit.watch.Baseline;
import dev.godwit.watch.WatchResult;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The stages of one project's migrations against one production, and the files between them.
public final class Passage {
    private static final String BASELINE = "baseline";

    private final Production production;
    private final EvidenceStore evidence;
    private final SchemaStore schemas;
    private final RunbookStore runbooks;

    public Passage(Production production) {
        this.production = requireNonNull(production);
        this.evidence = new EvidenceStore(production.project().root());
        this.schemas = new SchemaStore(production.project().root());
        this.runbooks = new RunbookStore(production.project().root());
    }

    public Production production() {
        return production;
    }

    /// @param schema of production, so that sizes and types are known
    public static CheckResult check(SqlForm form, Direction direction, CatalogSnapshot schema, CheckOptions options) {
        return Linter.check(
                List.of(file(form, direction)),
                options.direction(direction).version(schema.version()).catalog(schema));
    }

    /// One direction of a migration as the check takes it.
    public static CheckFile file(SqlForm form, Direction direction) {
        Script script = form.script(direction).orElseThrow(() -> noDown(form.migration()));
        Optional<ScriptParts> up = direction == Direction.UP
                ? Optional.empty()
                : Optional.of(Scripts.parts(form.up().text()));
        return new CheckFile(Scripts.parts(script.text()), script.transactionMode(), up);
    }

    private static RuntimeException noDown(Migration migration) {
        return migration.downMissing().map(Problem::raise).orElseThrow();
    }

    /// Keeps what a rehearsal found: its evidence, and the runbook made of it.
    public void keep(Rehearser.Rehearsed rehearsed) {
        Migration migration = rehearsed.migration();
        evidence.write(rehearsed.evidence());
        keepSchema(rehearsed);
        runbooks.write(
                migration.id(),
                Runbook.of(
                        rehearsed.evidence(),
                        migration.down().map(down -> down.text().content()).orElse("")));
    }

    /// One file for each schema that something pending was rehearsed on.
    private void keepSchema(Rehearser.Rehearsed rehearsed) {
        String fingerprint = rehearsed.evidence().schemaBefore();
        if (Fingerprint.withoutGrants(rehearsed.before()).equals(fingerprint)) {
            schemas.write(rehearsed.before());
        }
        Set<String> wanted = new HashSet<>(Set.of(fingerprint));
        production
                .pending()
                .pending()
                .forEach(migration ->
                        evidence.read(migration.id()).ifPresent(pending -> wanted.add(pending.schemaBefore())));
        schemas.keepOnly(wanted);
    }

    /// @return of the last rehearsal, whatever text that was of
    public Optional<Evidence> evidence(Migration migration) {
        return evidence.read(migration.id());
    }

    public Path evidenceFile(Migration migration) {
        return evidence.file(migration.id());
    }

    public Path runbookFile(Migration migration) {
        return runbooks.file(migration.id());
    }

    /// Collects what the gates of `apply` and `rollback` look at.
    public Order order(SqlForm form, CheckOptions options) {
        String id = form.migration().id();
        Optional<Evidence> rehearsal = evidence.read(id);
        return new Order(
                form,
                rehearsal,
                rehearsal.flatMap(found -> schemas.read(found.schemaBefore())),
                runbooks.read(id),
                errors(form, options),
                production.repair(form.migration()));
    }

    /// Migrations whose effect and whose version row a crash has torn apart, as far as evidence of a
    /// rehearsal tells.
    ///
    /// @param schema of production
    public List<TornRecord> torn(Pending state, CatalogSnapshot schema) {
        String now = Fingerprint.withoutGrants(schema);
        List<TornRecord> torn = new ArrayList<>();
        for (Migration migration : state.pending()) {
            TornRecord.unrecorded(migration.id(), ownEvidence(migration), production.repair(migration), now)
                    .ifPresent(torn::add);
        }
        state.applied().reversed().stream()
                .limit(1)
                .flatMap(last ->
                        TornRecord.stillRecorded(last.id(), ownEvidence(last), production.repair(last), now).stream())
                .forEach(torn::add);
        return torn;
    }

    /// Before the SQL of migrations is learnt: a framework's command fails where the effect is there already.
    ///
    /// @throws dev.godwit.problem.GodwitException with the statements that mend the version table
    public void refuseTorn() {
        if (production.keptByFramework()) {
            torn(production.pending(), production.schema()).stream().findFirst().ifPresent(torn -> {
                throw torn.problem().raise();
            });
        }
    }

    /// Of a framework's migrations that an attempt has begun and not ended, the first.
    ///
    /// @param state of production, as its session and its version table tell it now
    public Optional<HalfDone> halfDone(Session session, Pending state) {
        return production.keptByFramework()
                ? state.pending().stream()
                        .filter(migration -> Ledger.unfinished(session, migration.id())
                                .filter(run -> run.direction() == Direction.UP)
                                .isPresent())
                        .findFirst()
                        .flatMap(this::halfDone)
                : Optional.empty();
    }

    private Optional<HalfDone> halfDone(Migration migration) {
        return ownEvidence(migration)
                .flatMap(found -> schemas.read(found.schemaBefore()))
                .map(rehearsed -> HalfDone.of(migration.id(), rehearsed, production.schema()));
    }

    /// What a command failed over, and what it or one before it has left.
    public GodwitException explained(GodwitException failure) {
        if (failure.problem().kind() != Problem.Kind.DATABASE || !production.keptByFramework()) {
            return failure;
        }
        try (Session session = production.open()) {
            Pending state = production.pending();
            Optional<Problem> torn = torn(state, production.schema(session)).stream()
                    .findFirst()
                    .map(one -> one.explain(failure.problem()));
            return torn.or(() -> halfDone(session, state).map(half -> half.explain(failure.problem())))
                    .map(Problem::raise)
                    .orElse(failure);
        } catch (GodwitException e) {
            failure.addSuppressed(e);
            return failure;
        }
    }

    private Optional<Evidence> ownEvidence(Migration migration) {
        return evidence.read(migration.id()).filter(e -> e.digest().equals(migration.digest()));
    }

    private List<String> errors(SqlForm form, CheckOptions options) {
        CatalogSnapshot schema = production.schema();
        List<String> errors = new ArrayList<>();
        CheckResult result = check(form, Direction.UP, schema, options);
        result.files()
                .forEach(file -> file.findings().stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .forEach(finding -> errors.add(finding.rule().id() + " at "
                                + file.source().name() + ":"
                                + file.source().position(finding.span().start()).line())));
        return errors;
    }

    /// @param runner who carries the migrations out
    public Applier applier(
            Runner runner, RetryPolicy policy, Permit permit, Cancellation cancellation, RunListener listener) {
        Applier.Target target = new Applier.Target(
                production::open,
                production.versions(),
                runner,
                policy,
                host(),
                cancellation,
                listener,
                Runbook::carriesTimingOf);
        return new Applier(target, permit);
    }

    /// @return this machine's name, for the ledger
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }

    /// Remembers, in the ledger, what was normal before the migration.
    public void keepBaseline(Migration migration, Baseline baseline) {
        try (Session session = production.open()) {
            EventLog.append(session, migration.id(), BASELINE, baseline);
        }
    }

    public Optional<Baseline> baseline(Migration migration) {
        try (Session session = production.open()) {
            return EventLog.newest(session, migration.id(), BASELINE, Baseline.class);
        }
    }

    /// @param requiredSeconds how long it has to be watched
    public void keepWatch(Migration migration, WatchResult result, long requiredSeconds) {
        Journal.Watched watched = new Journal.Watched(
                result.verdict(), Math.round(result.watched().seconds()), requiredSeconds, result.reasons());
        try (Session session = production.open()) {
            EventLog.append(session, migration.id(), watched);
        }
    }

    /// The seven criteria, from the files and the ledger alone.
    public CriteriaReport report(Migration migration) {
        Optional<Evidence> own = ownEvidence(migration);
        Optional<Boolean> runbook =
                own.flatMap(e -> runbooks.read(migration.id()).map(text -> Runbook.carriesTimingOf(text, e)));
        return CriteriaReport.of(
                migration.id(), ExitCriteria.of(migration.down().isPresent(), own, runbook, journal(migration)));
    }

    public Journal journal(Migration migration) {
        try (Session session = production.open()) {
            return EventLog.journal(session, migration.id());
        }
    }
}
