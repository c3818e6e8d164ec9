package dev.godwit.rehearse;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Difference;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.catalog.Table;
import dev.godwit.db.RowFingerprint;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunListener;
import dev.godwit.execute.StatementObserver;
import dev.godwit.execute.Work;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.traffic.LatencyReport;
import dev.godwit.traffic.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One migration on the staging database. Each run is an up under traffic, rows written as today's application writes
/// them, and a down under traffic; after the last run comes one more up, this time looked at closely: the runs show
/// what users feel, the last up which locks were taken and what was rewritten.
final class Rehearsal {
    static final String BEFORE = "before";
    static final String UP = "up";
    static final String BETWEEN = "between";
    static final String DOWN = "down";
    static final String AFTER = "after";

    private static final int DIFFERENCES_SHOWN = 3;

    private final Stage stage;
    private final Course course;
    private final CatalogSnapshot before;
    private final RowBook book;
    private final StatementProbe probe;
    private final List<Double> upMillis = new ArrayList<>();
    private final List<UpRun> runs = new ArrayList<>();
    private final Set<String> gaps = new LinkedHashSet<>();
    private long peakBytes;

    /// @param before the schema that staging has now
    Rehearsal(Stage stage, Course course, CatalogSnapshot before) {
        this.stage = stage;
        this.course = course;
        this.before = before;
        this.book = new RowBook(touched());
        this.probe = stage.probe(course.touched());
    }

    /// @param runs how often the up and the down ran under traffic
    /// @param schemaAfter fingerprint after the up
    /// @param traffic what the users felt
    /// @param peakBytes that the database grew by at most during an up
    /// @param gaps what could not be tried, a line each
    record Seen(
            Observation observation,
            int runs,
            String schemaAfter,
            LatencyReport traffic,
            long peakBytes,
            List<String> gaps) {
        Seen {
            gaps = List.copyOf(gaps);
        }
    }

    Seen run() {
        try (Session session = stage.open()) {
            Map<QualifiedName, RowFingerprint> rows = book.read(session);
            try (Traffic traffic = stage.traffic(before, course.touched(), session)) {
                return run(session, rows, traffic);
            }
        }
    }

    private Seen run(Session session, Map<QualifiedName, RowFingerprint> rows, Traffic traffic) {
        traffic.mark(BEFORE);
        stage.rest(stage.settings().warmUp());
        if (course.down().isEmpty()) {
            return upAlone(session, traffic);
        }
        Turn turn = turns(session, rows, traffic);
        LatencyReport felt = traffic.stop();
        Evidence.Rollback rollback = turn.rollback(upAgain(session, turn.after()));
        Observation observation = new Observation(
                UpRun.join(runs, probe.samples()), upMillis, felt(felt), felt.failuresBySqlState(), rollback);
        return new Seen(
                observation, runs.size(), Rehearser.fingerprint(turn.after()), felt, peakBytes, List.copyOf(gaps));
    }

    /// Without a way back there is one up only, so that it is looked at under traffic, which takes a
    /// moment around each
    /// statement.
    private Seen upAlone(Session session, Traffic traffic) {
        up(traffic, probe);
        stage.rest(stage.settings().settle());
        traffic.pause();
        CatalogSnapshot after = stage.read(session);
        LatencyReport felt = traffic.stop();
        Observation observation = new Observation(
                UpRun.join(runs, probe.samples()),
                upMillis,
                felt(felt),
                felt.failuresBySqlState(),
                Evidence.Rollback.untried());
        return new Seen(observation, runs.size(), Rehearser.fingerprint(after), felt, peakBytes, List.copyOf(gaps));
    }

    /// One up and down.
    ///
    /// @param after the schema that the up left
    /// @param restored the down gave back the schema
    /// @param lost tables whose rows it did not give back, a line each
    /// @param rows as it left them
    private record Turn(
            CatalogSnapshot after,
            double downMillis,
            boolean restored,
            List<String> lost,
            Map<QualifiedName, RowFingerprint> rows) {
        Evidence.Rollback rollback(boolean reapplied) {
            return new Evidence.Rollback(downMillis, restored, lost.isEmpty(), lost, reapplied);
        }

        boolean clean() {
            return restored && lost.isEmpty();
        }
    }

    /// The slowest down stands for all. What a down did not give back, another run would only meet again.
    private Turn turns(Session session, Map<QualifiedName, RowFingerprint> rows, Traffic traffic) {
        Turn last = turn(session, rows, traffic);
        Turn slowest = last;
        while (last.clean() && runs.size() < stage.settings().runs()) {
            traffic.resume();
            last = turn(session, last.rows(), traffic);
            slowest = last.clean() && last.downMillis() < slowest.downMillis() ? slowest : last;
        }
        return slowest;
    }

    /// Leaves the traffic paused.
    private Turn turn(Session session, Map<QualifiedName, RowFingerprint> rows, Traffic traffic) {
        up(traffic, StatementObserver.NONE);
        stage.rest(stage.settings().settle());
        traffic.pause();
        CatalogSnapshot after = stage.read(session);
        Map<QualifiedName, RowFingerprint> toKeep = course.undoesNothing() ? book.read(session) : rows;
        Map<QualifiedName, RowFingerprint> written = writeWitnesses(session);
        traffic.resume();

        double downMillis = down(traffic);
        stage.rest(stage.settings().settle());
        traffic.pause();
        boolean restored = isSame(before, stage.read(session), "after the down");
        Map<QualifiedName, RowFingerprint> left = book.read(session);
        return new Turn(after, downMillis, restored, RowBook.lost(toKeep, left, written), left);
    }

    private List<Table> touched() {
        return course.touched().stream()
                .flatMap(name -> before.table(name).stream())
                .toList();
    }

    private void up(Traffic traffic, StatementObserver closely) {
        try (LockWaits waits = stage.lockWaits();
                SpacePeak space = stage.spacePeak()) {
            StatementTimes times = new StatementTimes(course.up().steps(), stage.listener());
            RunListener both = event -> {
                waits.on(event);
                times.on(event);
            };
            traffic.mark(UP);
            upMillis.add(timed(course.up(), stage.run(both).with(waits.and(closely))));
            traffic.mark(BETWEEN);
            peakBytes = Math.max(peakBytes, space.stop());
            runs.add(new UpRun(course.up().steps(), times.times(), waits.stop()));
        }
    }

    private double down(Traffic traffic) {
        traffic.mark(DOWN);
        double millis = timed(course.down().orElseThrow(), stage.run(stage.listener()));
        traffic.mark(AFTER);
        return millis;
    }

    private boolean upAgain(Session session, CatalogSnapshot after) {
        upMillis.add(timed(course.up(), stage.run(probe)));
        return isSame(after, stage.read(session), "after the second up");
    }

    /// Notes what differs.
    private boolean isSame(CatalogSnapshot wanted, CatalogSnapshot now, String when) {
        boolean same = Rehearser.fingerprint(wanted).equals(Rehearser.fingerprint(now));
        if (!same) {
            Fingerprint.differences(wanted, now).stream()
                    .filter(difference -> difference.kind() != SchemaObject.Kind.GRANT)
                    .limit(DIFFERENCES_SHOWN)
                    .forEach(difference -> gaps.add(when + ": " + sentence(difference)));
        }
        return same;
    }

    private static String sentence(Difference difference) {
        String what = difference.kind().words() + " " + difference.identity();
        return switch (difference.change()) {
            case MISSING -> what + " is gone";
            case EXTRA -> what + " is there still";
            case CHANGED -> what + " is another: " + String.join(", ", difference.lines());
        };
    }

    /// Milliseconds.
    private double timed(Work work, RunContext context) {
        long start = System.nanoTime();
        stage.carryOut(work, context);
        return Math.round((System.nanoTime() - start) / 1e5) / 10.0;
    }

    /// Writes one row into each touched table as today's application would, after the up: the down must keep it.
    private Map<QualifiedName, RowFingerprint> writeWitnesses(Session session) {
        Map<QualifiedName, RowFingerprint> written = new TreeMap<>();
        for (Table table : touched()) {
            Stage.Witness witness = stage.writeWitness(session, before, table);
            witness.sum().ifPresent(sum -> written.put(table.name(), sum));
            witness.gap().ifPresent(gaps::add);
        }
        return written;
    }

    private Evidence.Traffic felt(LatencyReport felt) {
        return new Evidence.Traffic(
                stage.settings().users().rate(stage.settings().load()),
                Math.max(stall(felt, UP), stall(felt, DOWN)),
                new Evidence.BeforeDuring(p99(felt, BEFORE), Math.max(p99(felt, UP), p99(felt, DOWN))),
                felt.queries(),
                felt.failed(),
                stage.settings().users().name());
    }

    private static double stall(LatencyReport felt, String phase) {
        return felt.phase(phase).map(LatencyReport.Phase::longestStallMs).orElse(0.0);
    }

    private static double p99(LatencyReport felt, String phase) {
        return felt.phase(phase).map(LatencyReport.Phase::p99Ms).orElse(0.0);
    }
}
