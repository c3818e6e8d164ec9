package dev.godwit.cli;

import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.Verdict;
import dev.godwit.report.Durations;
import java.util.Locale;
import java.util.stream.Collectors;

/// A rehearsal as a person reads it.
final class RehearsalText {
    private static final int SQL_WIDTH = 70;

    private RehearsalText() {}

    static String of(Evidence evidence, Palette palette) {
        boolean pass = evidence.verdict() == Verdict.PASS;
        StringBuilder text = new StringBuilder(pass ? palette.green("pass") : palette.red("FAIL"))
                .append("  ")
                .append(palette.bold(evidence.migration()));
        evidence.reasons().forEach(reason -> text.append("\n  ").append(palette.red(reason)));
        evidence.statements().forEach(statement -> text.append('\n').append(statement(statement, palette)));
        return text.append(traffic(evidence.traffic()))
                .append(rollback(evidence.rollback()))
                .append("\n  risk:     ")
                .append(evidence.risk().level().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(String.join("; ", evidence.risk().reasons()))
                .toString();
    }

    private static String statement(Evidence.StatementMeasure measure, Palette palette) {
        String sql = measure.sql().strip().replaceAll("\\s+", " ");
        String cut = sql.length() <= SQL_WIDTH ? sql : sql.substring(0, SQL_WIDTH - 1) + "…";
        String locks = measure.locks().stream()
                .map(lock -> "\n            " + lock.mode() + " on " + lock.relation() + " for "
                        + Durations.text(lock.heldMs())
                        + (lock.waitedMs() > 0 ? ", waited " + Durations.text(lock.waitedMs()) : ""))
                .collect(Collectors.joining());
        String rewrites =
                measure.rewrites().isEmpty() ? "" : "\n            rewrites " + String.join(", ", measure.rewrites());
        return String.format(
                        Locale.ROOT,
                        "  %8s  %s",
                        Durations.text(measure.durationMs().median()),
                        cut)
                + palette.dim(locks + rewrites);
    }

    private static String traffic(Evidence.Traffic traffic) {
        return String.format(
                Locale.ROOT,
                "\n  traffic:  longest stall %s at %d queries a second; %,d queries, %d failed",
                Durations.text(traffic.longestStallMs()),
                traffic.queriesPerSecond(),
                traffic.queries(),
                traffic.failed());
    }

    private static String rollback(Evidence.Rollback rollback) {
        return rollback.proved()
                ? "\n  rollback: proved in " + Durations.text(rollback.durationMs())
                        + ": schema restored, rows preserved, applied again"
                : "\n  rollback: not proved" + (rollback.tried() ? "" : ", none was tried");
    }
}
