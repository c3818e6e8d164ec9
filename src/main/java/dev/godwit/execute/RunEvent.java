package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.statement.ParsedStatement;
import dev.godwit.text.Quantities;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a run has to tell while it goes on. Steps are counted from 0.
public sealed interface RunEvent {
    /// @return the event in one line for a person, without its time
    String sentence();

    /// @param done steps that an earlier attempt has finished
    record Begun(String migration, int steps, int done) implements RunEvent {
        @Override
        public String sentence() {
            String plain = migration + ": " + steps + (steps == 1 ? " step" : " steps");
            return done == 0 ? plain : plain + ", resumed after " + done;
        }
    }

    record StepBegun(int step, String kind) implements RunEvent {
        @Override
        public String sentence() {
            return "step " + (step + 1) + ": " + kind;
        }
    }

    record StepSkipped(int step) implements RunEvent {
        @Override
        public String sentence() {
            return "step " + (step + 1) + ": done before";
        }
    }

    record StepFinished(int step, Duration took) implements RunEvent {
        @Override
        public String sentence() {
            return "step " + (step + 1) + ": done in " + millis(took);
        }
    }

    record StatementFinished(int step, ParsedStatement statement, Duration took) implements RunEvent {
        public StatementFinished {
            requireNonNull(statement);
        }

        @Override
        public String sentence() {
            return millis(took) + "  " + statement.sql().lines().findFirst().orElse("");
        }
    }

    /// A strong lock is not asked for yet, because who holds the table has held it for long already.
    record WaitingForQuiet(int step, Duration waited, List<Blocker> blockers) implements RunEvent {
        public WaitingForQuiet {
            blockers = List.copyOf(blockers);
        }

        @Override
        public String sentence() {
            return "waiting for a quiet moment (" + millis(waited) + "): " + Blocker.sentences(blockers);
        }
    }

    /// A try that ended without its locks; everything it did is rolled back.
    ///
    /// @param attempt counted from 0
    /// @param lockTimeout how long it stood in the queue at most
    record LockMissed(
            int step, int attempt, Duration lockTimeout, String sqlState, List<Blocker> blockers, Duration pause)
            implements RunEvent {
        public LockMissed {
            blockers = List.copyOf(blockers);
        }

        @Override
        public String sentence() {
            return "attempt " + (attempt + 1) + " stood aside after " + millis(lockTimeout) + " (SQLSTATE " + sqlState
                    + "), again in " + millis(pause) + ": " + Blocker.sentences(blockers);
        }
    }

    /// Autovacuum holds the table; a lock that no query waits behind was asked for, which makes it give way.
    record AutovacuumAsked(int step, String relation) implements RunEvent {
        @Override
        public String sentence() {
            return "asked autovacuum to leave " + relation;
        }
    }

    /// Who was in the way was ended, as the operator has allowed.
    ///
    /// @param what was done, `cancelled`
    record BlockerEnded(int step, String what, Blocker blocker) implements RunEvent {
        public BlockerEnded {
            requireNonNull(what);
            requireNonNull(blocker);
        }

        @Override
        public String sentence() {
            return what + " " + blocker.sentence();
        }
    }

    /// A backfill rests.
    ///
    /// @param over the signal, what was observed, and the limit that it is over
    record Throttled(int step, String over, Duration rested) implements RunEvent {
        @Override
        public String sentence() {
            return "rests: " + over + (rested.toSeconds() == 0 ? "" : ", for " + rested.toSeconds() + " s now");
        }
    }

    /// @param role the login that asked for it; the same for the next two
    record BackfillPaused(int step, String role) implements RunEvent {
        @Override
        public String sentence() {
            return "paused by " + role;
        }
    }

    record BackfillResumed(int step, String role) implements RunEvent {
        @Override
        public String sentence() {
            return "goes on, by " + role;
        }
    }

    /// @param speed 1 without rests; 0.5 rests as long as it works
    record BackfillSpeed(int step, double speed, String role) implements RunEvent {
        @Override
        public String sentence() {
            return (speed < 1 ? String.format(Locale.ROOT, "at 1/%.0f speed", 1 / speed) : "at full speed") + ", by "
                    + role;
        }
    }

    /// Space of rows that a backfill changed is free for those to come.
    ///
    /// @param dead rows before, as the server counts them
    /// @param left dead rows that somebody may still see
    record Vacuumed(int step, String relation, long dead, long left, Duration took) implements RunEvent {
        @Override
        public String sentence() {
            String kept = left == 0 ? "" : String.format(Locale.ROOT, ", %,d stay for an older transaction", left);
            return String.format(
                    Locale.ROOT, "vacuumed %,d dead rows of %s in %,d ms%s", dead, relation, took.toMillis(), kept);
        }
    }

    /// What an index build or another statement outside a transaction is busy with.
    ///
    /// @param phase in the server's words, `building index: scanning table`
    /// @param total 0 when the phase has no measure
    /// @param waitingFor the session whose snapshot or lock it waits for, as a person reads it
    record Progress(int step, String phase, long done, long total, Optional<String> waitingFor) implements RunEvent {
        public Progress {
            requireNonNull(phase);
            requireNonNull(waitingFor);
        }

        @Override
        public String sentence() {
            String share = total == 0 ? "" : String.format(Locale.ROOT, " %.0f %%", 100.0 * done / total);
            return phase + share + waitingFor.map(who -> ", waiting for " + who).orElse("");
        }
    }

    record LeftoverDropped(int step, String index) implements RunEvent {
        @Override
        public String sentence() {
            return "dropped the invalid index " + index + " that an interrupted build left";
        }
    }

    /// The effect of the step is in the catalog already: an earlier attempt made it and could not journal it.
    record FoundDone(int step, String what) implements RunEvent {
        @Override
        public String sentence() {
            return what + " is there already";
        }
    }

    /// The backend of an earlier attempt still works on the server.
    record WaitingForBackend(int step, int pid, String state) implements RunEvent {
        @Override
        public String sentence() {
            return "waiting for pid " + pid + " (" + state + ") of an earlier attempt";
        }
    }

    record ConnectionLost(int step, String sqlState) implements RunEvent {
        @Override
        public String sentence() {
            return "connection lost (SQLSTATE " + sqlState + "), connecting again";
        }
    }

    /// @param scanned rows of the table behind the cursor
    /// @param changed rows changed
    /// @param total rows of the table by the planner's estimate
    /// @param batchRows size of the next batch
    record Backfilled(
            int step, long scanned, long changed, long total, int batchRows, Duration batchTook, Optional<Duration> eta)
            implements RunEvent {
        @Override
        public String sentence() {
            String share = total == 0
                    ? ""
                    : String.format(Locale.ROOT, " (%.0f %%)", 100.0 * Math.min(scanned, total) / total);
            String rest =
                    eta.map(time -> ", " + Quantities.time(time) + " to go").orElse("");
            return String.format(Locale.ROOT, "%,d rows%s, next batch %,d rows%s", scanned, share, batchRows, rest);
        }
    }

    /// The smallest batch still takes long: the statement does more for each row than change it. Told once.
    ///
    /// @param rows of the batch
    record BackfillSlow(int step, long rows, Duration took) implements RunEvent {
        @Override
        public String sentence() {
            return String.format(
                    Locale.ROOT,
                    "slow: %,d rows took %s; does a join or a sub-query of the statement lack an index?",
                    rows,
                    millis(took));
        }
    }

    /// @param passes how often the table was gone through
    /// @param verified a count proved that no row is left; false when the condition does not tell
    record BackfillFinished(int step, long changed, int passes, boolean verified) implements RunEvent {
        @Override
        public String sentence() {
            String proof = verified ? ", none left" : "";
            return String.format(Locale.ROOT, "backfill: %,d rows changed%s", changed, proof);
        }
    }

    record Finished(String migration, Duration took) implements RunEvent {
        @Override
        public String sentence() {
            return migration + ": done in " + millis(took);
        }
    }

    private static String millis(Duration time) {
        return time.toMillis() < 10_000
                ? time.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
