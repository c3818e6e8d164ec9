package dev.godwit.lint;

import dev.godwit.fact.ActionFacts;
import dev.godwit.fact.Blocking;
import dev.godwit.fact.StatementFacts;
import dev.godwit.fact.Work;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// How long a statement's work on many rows takes at least, the quickest kind first.
///
/// `bench/pace` measures it: rows of about 100 bytes, cached, nobody else there; rounded down. What is wider takes its
/// bytes, at ten nanoseconds each where they are written and at one where they are read.
enum Pace {
    SCAN(70, 0.7),
    INDEX_BUILD(450, 0.7),
    DELETE(1_000, 1),
    REWRITE(1_200, 10),
    UPDATE(5_000, 10);

    private final long nanosPerRow;
    private final double nanosPerByte;

    Pace(long nanosPerRow, double nanosPerByte) {
        this.nanosPerRow = nanosPerRow;
        this.nanosPerByte = nanosPerByte;
    }

    Duration least(long rows, long bytes) {
        return Duration.ofNanos((long) Math.max((double) rows * nanosPerRow, bytes * nanosPerByte));
    }

    /// @return what the statement does to that table; empty where it touches no row, or it is not known what
    static Optional<Pace> of(StatementFacts facts, QualifiedName table) {
        return switch (facts.statement().statement()) {
            case Statement.UpdateRows _, Statement.MergeRows _ -> Optional.of(UPDATE);
            case Statement.DeleteRows _ -> Optional.of(DELETE);
            case Statement.CreateIndex _, Statement.Reindex _ -> Optional.of(INDEX_BUILD);
            case Statement.AlterTable alter
            when alter.name().equals(table) ->
                facts.actions().stream()
                        .map(ActionFacts::work)
                        .max(Comparator.naturalOrder())
                        .flatMap(Pace::of);
            default ->
                facts.blocking().stream()
                        .filter(blocking -> blocking.relation().equals(table))
                        .map(Blocking::work)
                        .findFirst()
                        .flatMap(Pace::of);
        };
    }

    private static Optional<Pace> of(Work work) {
        return switch (work) {
            case CATALOG -> Optional.empty();
            case SCAN -> Optional.of(SCAN);
            case INDEX_BUILD -> Optional.of(INDEX_BUILD);
            case REWRITE -> Optional.of(REWRITE);
        };
    }

    /// @return `under a second`, `4 s or more`, `12 min or more`, `2.5 h or more`
    static String words(Duration least) {
        double seconds = least.toMillis() / 1e3;
        if (seconds < 1) {
            return "under a second";
        }
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.0f s or more", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.0f min or more", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h or more", seconds / 3600);
    }
}
