package dev.godwit.apply;

import dev.godwit.execute.RetryPolicy;
import dev.godwit.execute.Work;
import dev.godwit.plan.Step;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run would send, statement by statement, with the borders of transactions and the time that each may wait for
/// its locks.
///
/// @param lines as a person reads them; comments begin with `--`
public record DryRun(String migration, List<String> lines) {
    public DryRun {
        lines = List.copyOf(lines);
    }

    /// @param versionTable empty when no row is written
    static DryRun of(Work work, Optional<QualifiedName> versionTable, RetryPolicy policy) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < work.steps().size(); i++) {
            boolean last = i == work.steps().size() - 1;
            lines.add("-- step " + (i + 1) + " of " + work.steps().size());
            lines.addAll(step(
                    work.steps().get(i),
                    policy,
                    last ? versionTable.map(table -> versionRow(work, table)).orElse("") : ""));
        }
        return new DryRun(work.migration(), lines);
    }

    private static List<String> step(Step step, RetryPolicy policy, String versionRow) {
        List<String> lines = new ArrayList<>();
        switch (step) {
            case Step.RunInTransaction transaction -> {
                lines.add("BEGIN;");
                lines.add("-- lock_timeout " + policy.lockTimeout(0).toMillis() + " ms, growing to "
                        + policy.stallBudget().toMillis() + " ms; tried again with a random pause for "
                        + policy.deadline().toMinutes() + " min");
                transaction.statements().forEach(statement -> lines.add(statement.sql() + ";"));
                addLedger(lines, versionRow);
                lines.add("COMMIT;");
            }
            case Step.RunOutsideTransaction outside -> {
                lines.add("-- outside of a transaction, lock_timeout 0: its waits stop nobody");
                lines.add(outside.statement().sql() + ";");
                addLedger(lines, versionRow);
            }
            case Step.Backfill backfill -> {
                lines.add("-- in batches of " + backfill.spec().batchRows()
                        + " rows by key, each a transaction of its own with" + " its checkpoint");
                lines.add(backfill.statement().sql() + ";");
                addLedger(lines, versionRow);
            }
        }
        return lines;
    }

    private static void addLedger(List<String> lines, String versionRow) {
        lines.add("-- the ledger: this step is done");
        if (!versionRow.isEmpty()) {
            lines.add(versionRow);
        }
    }

    private static String versionRow(Work work, QualifiedName table) {
        return work.direction() == Direction.UP
                ? "-- the version table: " + table + " gets " + work.version()
                : "-- the version table: " + table + " loses " + work.version();
    }
}
