package dev.godwit.report;

import dev.godwit.evidence.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The runbook of one migration in Markdown, `godwit/runbooks/<migration>.md`, as `product.md` lays it out; reviewed in
/// the pull request.
public final class Runbook {
    private final Evidence evidence;
    private final String rollback;
    private final String commands;

    private Runbook(Evidence evidence, String rollback, String commands) {
        this.evidence = evidence;
        this.rollback = rollback;
        this.commands = commands;
    }

    /// @param downSql the migration's down as written
    public static String of(Evidence evidence, String downSql) {
        String rollback = "The SQL:\n\n```sql\n" + downSql.strip() + "\n```\n\nThe command: `godwit rollback "
                + evidence.migration() + "`";
        return new Runbook(evidence, rollback, commands(evidence)).text();
    }

    /// Of a command that is not Godwit's to run on production.
    ///
    /// @param up the command, without secrets
    /// @param down what undoes it; empty when nobody knows
    public static String ofCommand(Evidence evidence, String up, Optional<String> down) {
        String rollback = down.map(command -> "The command:\n\n```\n" + command + "\n```")
                .orElse("**Not known.** `godwit rehearse --down 'COMMAND' -- …` proves one.");
        return new Runbook(evidence, rollback, "```\n" + up + "\n```").text();
    }

    /// @return whether this runbook tells the time of just this evidence, so that a runbook of an older text or an
    /// older
    ///     rehearsal does not count
    public static boolean carriesTimingOf(String runbook, Evidence evidence) {
        return runbook.contains(evidence.digest()) && runbook.contains(timeLine(evidence));
    }

    private String text() {
        return Paragraphs.join(
                "# Rollback Plan",
                "**Migration**: `" + evidence.migration() + "` (" + evidence.digest() + ")",
                timeLine(evidence),
                stallLine(),
                section("Rollback", rollback),
                section("Rollback time and what it loses", rollbackText()),
                section("Risk level", riskText()),
                section("Blockers to look for", blockersText()),
                section("Phases and deploys", statementsText()),
                section("Commands to apply and to verify", commands));
    }

    private static String timeLine(Evidence evidence) {
        return String.format(
                Locale.ROOT,
                "**Time to run on production data**: %s on staging (%,d rows, scale %.2f); forecast %s to %s",
                Durations.text(evidence.upDurationMs()),
                evidence.staging().rows(),
                evidence.staging().scale(),
                Durations.text((double) evidence.forecast().durationMs().low()),
                Durations.text((double) evidence.forecast().durationMs().high()));
    }

    private String stallLine() {
        Evidence.Traffic traffic = evidence.traffic();
        return String.format(
                Locale.ROOT,
                "**Longest stall seen by traffic**: %s at %d queries a second (p99 %s before, %s during; %d of %,d failed)",
                Durations.text(traffic.longestStallMs()),
                traffic.queriesPerSecond(),
                Durations.text(traffic.p99Ms().before()),
                Durations.text(traffic.p99Ms().during()),
                traffic.failed(),
                traffic.queries());
    }

    private String rollbackText() {
        Evidence.Rollback proof = evidence.rollback();
        if (!proof.tried()) {
            return "No rollback was tried, so none is proved.";
        }
        return Paragraphs.list(List.of(
                "time: " + Durations.text(proof.durationMs()),
                "schema restored: " + yesNo(proof.schemaRestored()),
                "rows preserved, those written after the up included: " + yesNo(proof.rowsPreserved()),
                "applied again afterwards: " + yesNo(proof.reapplied()),
                "loses: " + (proof.lost().isEmpty() ? "nothing" : String.join("; ", proof.lost()))));
    }

    private String riskText() {
        String level = evidence.risk().level().name().toLowerCase(Locale.ROOT);
        return "**" + level + "**\n\n" + Paragraphs.list(evidence.risk().reasons());
    }

    private String blockersText() {
        List<String> strong = evidence.statements().stream()
                .flatMap(statement -> statement.locks().stream())
                .map(lock -> "any long transaction on `" + lock.relation() + "`: it needs " + lock.mode())
                .distinct()
                .toList();
        return strong.isEmpty() ? "None: no lock on an existing relation." : Paragraphs.list(strong);
    }

    private String statementsText() {
        return "| statement | median | locks | rewrites |\n|---|---|---|---|\n"
                + evidence.statements().stream().map(Runbook::row).collect(Collectors.joining("\n"));
    }

    private static String row(Evidence.StatementMeasure measure) {
        return "| `" + Paragraphs.cell(measure.sql()) + "` | "
                + Durations.text(measure.durationMs().median()) + " | "
                + cell(measure.locks(), lock -> lock.mode() + " on " + lock.relation()) + " | "
                + cell(measure.rewrites(), Function.identity()) + " |";
    }

    private static <T> String cell(List<T> items, Function<T, String> text) {
        return items.isEmpty() ? "–" : items.stream().map(text).collect(Collectors.joining(", "));
    }

    private static String commands(Evidence evidence) {
        return "```\ngodwit apply " + evidence.migration() + "\ngodwit status\ngodwit watch\ngodwit report "
                + evidence.migration() + "\n```";
    }

    private static String section(String title, String body) {
        return "## " + title + "\n\n" + body;
    }

    private static String yesNo(boolean yes) {
        return yes ? "yes" : "**no**";
    }
}
