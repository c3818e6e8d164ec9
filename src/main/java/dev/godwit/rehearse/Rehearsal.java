package dev.godwit.rehearse;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Table;
import dev.godwit.db.RowFingerprint;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.StepRunner;
import dev.godwit.execute.Work;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.traffic.LatencyReport;
import dev.godwit.traffic.OpenLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One migration on the staging database: up under traffic, rows written as today's application writes them, down under
/// traffic, and up again, this time looked at closely: the first up shows what users feel, the second which locks were
/// taken and what was rewritten.
final class Rehearsal {
    static final String BEFORE = "before";
    static final String UP = "up";
    static final String BETWEEN = "between";
    static final String DOWN = "down";
    static final String AFTER = "after";

    private final Stage stage;
    private final Course course;
    private final StatementTimes times;
    private final StatementProbe probe;
    private final List<Double> upMillis = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    Rehearsal(Stage stage, Course course) {
        this.stage = stage;
        this.course = course;
        this.times = new StatementTimes(course.up().steps(), stage.listener());
        this.probe = stage.probe(course.touched());
    }

    /// @param schemaAfter fingerprint after the up
    /// @param traffic what the users felt
    /// @param gaps what could not be tried, a line each
    record Seen(Observation observation, String schemaAfter, LatencyReport traffic, List<String> gaps) {
        Seen {
            gaps = List.copyOf(gaps);
        }
    }

    Seen run() {
        try (Session session = stage.open()) {
            CatalogSnapshot before = stage.read(session);
            RowBook book = new RowBook(touched(before));
            Map<QualifiedName, RowFingerprint> rows = book.read(session);
            try (OpenLoop traffic = stage.traffic(before, course.touched(), session)) {
                return run(session, before, book, rows, traffic);
            }
        }
    }

    private Seen run(
            Session session,
            CatalogSnapshot before,
            RowBook book,
            Map<QualifiedName, RowFingerprint> rows,
            OpenLoop traffic) {
        traffic.mark(BEFORE);
        stage.rest(stage.settings().warmUp());
        up(traffic);
        stage.rest(stage.settings().settle());
        traffic.pause();
        String schemaAfter = Rehearser.fingerprint(stage.read(session));
        Map<QualifiedName, RowFingerprint> toKeep = course.undoesNothing() ? book.read(session) : rows;
        Map<QualifiedName, RowFingerprint> written = writeWitnesses(session, before);
        traffic.resume();

        double downMillis = down(traffic);
        stage.rest(stage.settings().settle());
        LatencyReport felt = traffic.stop();
        boolean restored = Rehearser.fingerprint(stage.read(session)).equals(Rehearser.fingerprint(before));
        List<String> lost = RowBook.lost(toKeep, book.read(session), written);

        boolean reapplied = upAgain(session, schemaAfter);
        Evidence.Rollback rollback = new Evidence.Rollback(downMillis, restored, lost.isEmpty(), lost, reapplied);
        return new Seen(observation(felt, rollback), schemaAfter, felt, gaps);
    }

    private List<Table> touched(CatalogSnapshot before) {
        return course.touched().stream()
                .flatMap(name -> before.table(name).stream())
                .toList();
    }

    private void up(OpenLoop traffic) {
        traffic.mark(UP);
        upMillis.add(timed(course.up(), stage.run(times)));
        traffic.mark(BETWEEN);
    }

    private double down(OpenLoop traffic) {
        traffic.mark(DOWN);
        double millis = timed(course.down(), stage.run(stage.listener()));
        traffic.mark(AFTER);
        return millis;
    }

    private boolean upAgain(Session session, String schemaAfter) {
        upMillis.add(timed(course.up(), stage.run(probe)));
        return Rehearser.fingerprint(stage.read(session)).equals(schemaAfter);
    }

    /// Milliseconds.
    private static double timed(Work work, RunContext context) {
        long start = System.nanoTime();
        new StepRunner(context).run(work);
        return Math.round((System.nanoTime() - start) / 1e5) / 10.0;
    }

    /// Writes one row into each touched table as today's application would, after the up: the down must keep it.
    private Map<QualifiedName, RowFingerprint> writeWitnesses(Session session, CatalogSnapshot before) {
        Map<QualifiedName, RowFingerprint> written = new TreeMap<>();
        for (Table table : touched(before)) {
            Stage.Witness witness = stage.writeWitness(session, before, table);
            witness.sum().ifPresent(sum -> written.put(table.name(), sum));
            witness.gap().ifPresent(gaps::add);
        }
        return written;
    }

    private Observation observation(LatencyReport felt, Evidence.Rollback rollback) {
        return new Observation(statements(), upMillis, traffic(felt), felt.failuresBySqlState(), rollback);
    }

    private List<Evidence.StatementMeasure> statements() {
        Map<ParsedStatement, StatementTimes.Times> underTraffic = times.times();
        return probe.samples().stream()
                .map(sample -> sample.with(Optional.ofNullable(underTraffic.get(sample.statement()))))
                .toList();
    }

    private Evidence.Traffic traffic(LatencyReport felt) {
        return new Evidence.Traffic(
                stage.settings().load().ratePerSecond(),
                Math.max(stall(felt, UP), stall(felt, DOWN)),
                new Evidence.BeforeDuring(p99(felt, BEFORE), Math.max(p99(felt, UP), p99(felt, DOWN))),
                felt.queries(),
                felt.failed());
    }

    private static double stall(LatencyReport felt, String phase) {
        return felt.phase(phase).map(LatencyReport.Phase::longestStallMs).orElse(0.0);
    }

    private static double p99(LatencyReport felt, String phase) {
        return felt.phase(phase).map(LatencyReport.Phase::p99Ms).orElse(0.0);
    }
}
