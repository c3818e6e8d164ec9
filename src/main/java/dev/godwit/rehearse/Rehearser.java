package dev.godwit.rehearse;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.ExitCriteria;
import dev.godwit.evidence.Journal;
import dev.godwit.evidence.Verdict;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.RunListener;
import dev.godwit.execute.Runner;
import dev.godwit.execute.VersionBook;
import dev.godwit.execute.Work;
import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.fact.StatementFacts;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.traffic.LatencyReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Rehearses migrations one after another on one staging database, each on the schema that the one before it left.
public final class Rehearser {
    private final Stage stage;
    private final String framework;
    private final Evidence.Staging staging;
    private String schema;

    /// One migration's rehearsal.
    ///
    /// @param before the schema that it was rehearsed on
    /// @param traffic what the users felt; empty when the rehearsal broke off
    public record Rehearsed(
            Migration migration, Evidence evidence, CatalogSnapshot before, Optional<LatencyReport> traffic) {}

    /// Where, under what traffic, and who is told.
    ///
    /// @param url the staging database, which this rehearsal has to itself
    public record Place(
            DatabaseUrl url,
            VersionBook versions,
            Runner runner,
            Settings settings,
            Cancellation cancellation,
            RunListener listener) {
        public Place {
            requireNonNull(url);
            requireNonNull(versions);
            requireNonNull(runner);
            requireNonNull(settings);
            requireNonNull(cancellation);
            requireNonNull(listener);
        }
    }

    /// @param staging how the staging database came to be
    /// @param schemaBefore fingerprint of production's schema, to which the evidence is bound
    public Rehearser(Place place, String framework, Evidence.Staging staging, String schemaBefore) {
        this.stage = new Stage(place);
        this.framework = requireNonNull(framework);
        this.staging = requireNonNull(staging);
        this.schema = requireNonNull(schemaBefore);
    }

    /// Leaves the migration applied on staging. One that broke off leaves staging as it fell: rehearse nothing after
    /// it.
    public Rehearsed rehearse(SqlForm form) {
        if (form.down().isEmpty()) {
            throw noDown(form.migration());
        }
        return rehearseAsFarAsKnown(form);
    }

    /// The same where a way back need not be known: without one the up alone is rehearsed, which never
    /// passes.
    public Rehearsed rehearseAsFarAsKnown(SqlForm form) {
        Migration migration = form.migration();
        try (Session session = stage.open()) {
            CatalogSnapshot before = stage.read(session);
            ParsedScript up = Scripts.parse(form.up().text());
            List<StatementFacts> upFacts = Facts.of(up, context(form.up(), Direction.UP, before, List.of()));
            Optional<ParsedScript> undo = form.down().map(down -> Scripts.parse(down.text()));
            List<StatementFacts> downFacts = undo.map(script ->
                            Facts.of(script, context(form.down().orElseThrow(), Direction.DOWN, before, List.of(up))))
                    .orElse(List.of());
            Course course = new Course(
                    Work.of(form, Direction.UP, up, upFacts),
                    undo.map(script -> Work.of(form, Direction.DOWN, script, downFacts)),
                    migration.down().flatMap(Script::noOpReason).isPresent(),
                    touched(before, upFacts, downFacts));
            return rehearse(migration, course, before);
        }
    }

    private static GodwitException noDown(Migration migration) {
        return migration.downMissing().orElseThrow().raise();
    }

    private FactContext context(
            Script script, Direction direction, CatalogSnapshot before, List<ParsedScript> earlier) {
        return new FactContext(before.version(), script.transactionMode(), direction, Optional.of(before), earlier);
    }

    private static Set<QualifiedName> touched(
            CatalogSnapshot before, List<StatementFacts> up, List<StatementFacts> down) {
        Set<QualifiedName> touched = new TreeSet<>();
        Stream.concat(up.stream(), down.stream())
                .flatMap(facts -> facts.locks().stream())
                .filter(lock -> before.table(lock.relation()).isPresent())
                .forEach(lock -> touched.add(lock.relation()));
        return touched;
    }

    private Rehearsed rehearse(Migration migration, Course course, CatalogSnapshot before) {
        String schemaBefore = schema;
        try {
            Rehearsal.Seen seen = new Rehearsal(stage, course, before).run();
            schema = seen.schemaAfter();
            Evidence evidence = evidence(migration, before, schemaBefore, seen);
            return new Rehearsed(migration, evidence, before, Optional.of(seen.traffic()));
        } catch (GodwitException e) {
            if (e.problem().kind() == Problem.Kind.STOPPED || e.problem().kind() == Problem.Kind.USAGE) {
                throw e;
            }
            return new Rehearsed(migration, brokenOff(migration, before, e.problem()), before, Optional.empty());
        }
    }

    private Evidence evidence(Migration migration, CatalogSnapshot before, String schemaBefore, Rehearsal.Seen seen) {
        Judge judge = new Judge(
                seen.observation(),
                stage.settings().stallBudget(),
                stage.settings().warnAfter(),
                migration.repeats());
        Observation observation = seen.observation();
        return withCriteria(
                migration,
                new Evidence(
                        migration.id(),
                        migration.digest(),
                        framework,
                        before.version().toString(),
                        Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS)),
                        schemaBefore,
                        seen.schemaAfter(),
                        staging.withGaps(seen.gaps()),
                        seen.runs(),
                        observation.statements(),
                        Optional.of(seen.peakBytes()),
                        observation.traffic(),
                        observation.rollback(),
                        judge.forecast(staging.scale()),
                        judge.risk(),
                        judge.verdict(),
                        judge.reasons(),
                        Map.of()));
    }

    private Evidence brokenOff(Migration migration, CatalogSnapshot before, Problem problem) {
        String reason = "it failed on staging: " + problem.what()
                + (problem.where().isEmpty() ? "" : " (" + problem.where() + ")");
        return withCriteria(
                migration,
                new Evidence(
                        migration.id(),
                        migration.digest(),
                        framework,
                        before.version().toString(),
                        Optional.of(Instant.now().truncatedTo(ChronoUnit.SECONDS)),
                        schema,
                        schema,
                        staging,
                        1,
                        List.of(),
                        Optional.empty(),
                        new Evidence.Traffic(
                                stage.settings().users().rate(stage.settings().load()),
                                0,
                                new Evidence.BeforeDuring(0, 0),
                                0,
                                0,
                                stage.settings().users().name()),
                        Evidence.Rollback.untried(),
                        new Evidence.Forecast(new Evidence.Range(0, 0)),
                        new Evidence.Risk(Evidence.Level.HIGH, List.of(reason)),
                        Verdict.FAIL,
                        List.of(reason),
                        Map.of()));
    }

    /// The criteria as they stand after a rehearsal: nothing is applied yet. The runbook is written from this evidence.
    private static Evidence withCriteria(Migration migration, Evidence evidence) {
        return evidence.with(ExitCriteria.states(ExitCriteria.of(
                migration.down().isPresent(),
                Optional.of(evidence),
                Optional.of(true),
                Journal.empty(evidence.migration()))));
    }

    static String fingerprint(CatalogSnapshot snapshot) {
        return Fingerprint.withoutGrants(snapshot);
    }
}
