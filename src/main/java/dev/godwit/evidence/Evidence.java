package dev.godwit.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a rehearsal observed of one migration: the file `godwit/evidence/<migration>.json`, and one element of
/// `rehearse --format json`. Names and units are the contract of `cli.md`.
///
/// @param migration version and name, `20261122103000_add_orders_region`
/// @param rehearsedAt when it ended; empty in a file of an earlier Godwit
/// @param digest of the up and the down text; another text is another migration
/// @param schemaBefore fingerprint of production's schema when rehearsed; `apply` refuses on another one
/// @param schemaAfter fingerprint that staging had after the up
/// @param runs how often up and down ran under traffic
/// @param peakBytes that the staging database grew by at most meanwhile, temporary files included; empty when it broke
///     off, and in a file of an earlier Godwit
/// @param reasons why the verdict is not pass; empty when it is
public record Evidence(
        String migration,
        String digest,
        String framework,
        String postgres,
        Optional<Instant> rehearsedAt,
        String schemaBefore,
        String schemaAfter,
        Staging staging,
        int runs,
        List<StatementMeasure> statements,
        Optional<Long> peakBytes,
        Traffic traffic,
        Rollback rollback,
        Forecast forecast,
        Risk risk,
        Verdict verdict,
        List<String> reasons,
        Map<String, CriterionState> exitCriteria) {
    public Evidence {
        statements = List.copyOf(statements);
        reasons = List.copyOf(reasons);
        exitCriteria = Map.copyOf(exitCriteria);
    }

    /// Where it was rehearsed.
    ///
    /// @param mode `copy` or `synthesize`
    /// @param rows over all tables
    /// @param scale rows on staging for each row in production
    /// @param fidelity share of production's tables whose schema and row count staging reached, 0 to 1
    /// @param gaps what staging could not reproduce, a line each
    public record Staging(String mode, long rows, long bytes, double scale, double fidelity, List<String> gaps) {
        public Staging {
            gaps = List.copyOf(gaps);
        }

        /// @return the same with what one rehearsal could not try
        public Staging withGaps(List<String> more) {
            return new Staging(
                    mode,
                    rows,
                    bytes,
                    scale,
                    fidelity,
                    Stream.concat(gaps.stream(), more.stream()).toList());
        }
    }

    /// @param durationMs over the runs under traffic
    /// @param rewrites relations whose file was written anew
    /// @param walBytes write-ahead log of the whole server meanwhile, traffic's share included
    public record StatementMeasure(
            String sql, Spread durationMs, List<Lock> locks, List<String> rewrites, long walBytes) {
        public StatementMeasure {
            locks = List.copyOf(locks);
            rewrites = List.copyOf(rewrites);
        }
    }

    /// @param mode as the manual writes it, `ACCESS EXCLUSIVE`
    /// Of several runs the longest.
    ///
    /// @param heldMs from the statement that took it to the end of its transaction
    /// @param waitedMs for it: in its queue, and out of it while somebody else held it or after giving up
    public record Lock(String relation, String mode, double heldMs, double waitedMs) {}

    /// @param longestStallMs the longest that one operation took while the up or the down ran, from its intended
    ///     send time
    /// @param source where its queries are from: `catalog`, the name of a file, or `none`
    public record Traffic(
            int queriesPerSecond,
            double longestStallMs,
            BeforeDuring p99Ms,
            long queries,
            long failed,
            String source) {}

    public record BeforeDuring(double before, double during) {}

    /// @param lost tables whose rows the down did not give back, with the reason
    /// @param reapplied the second up succeeded and ended in the same schema as the first
    public record Rollback(
            double durationMs, boolean schemaRestored, boolean rowsPreserved, List<String> lost, boolean reapplied) {
        public Rollback {
            lost = List.copyOf(lost);
        }

        /// What stands for a down that nobody knows or that was not reached.
        public static Rollback untried() {
            return new Rollback(0, false, false, List.of(), false);
        }

        public boolean tried() {
            return !equals(untried());
        }

        public boolean proved() {
            return schemaRestored && rowsPreserved && reapplied;
        }
    }

    public record Forecast(Range durationMs) {}

    public record Range(long low, long high) {}

    public record Risk(Level level, List<String> reasons) {
        public Risk {
            reasons = List.copyOf(reasons);
        }
    }

    public enum Level {
        @JsonProperty("low")
        LOW,
        @JsonProperty("medium")
        MEDIUM,
        @JsonProperty("high")
        HIGH
    }

    public Evidence with(Map<String, CriterionState> states) {
        return new Evidence(
                migration,
                digest,
                framework,
                postgres,
                rehearsedAt,
                schemaBefore,
                schemaAfter,
                staging,
                runs,
                statements,
                peakBytes,
                traffic,
                rollback,
                forecast,
                risk,
                verdict,
                reasons,
                states);
    }

    /// @return the whole up, milliseconds
    public double upDurationMs() {
        return statements.stream().mapToDouble(s -> s.durationMs().median()).sum();
    }
}
