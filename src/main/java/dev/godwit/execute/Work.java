package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.fact.StatementFacts;
import dev.godwit.plan.Step;
import dev.godwit.plan.Steps;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One migration in one direction, ready to be carried out.
///
/// @param migration id, `20261122103000_add_orders_region`
/// @param version what the version table records
/// @param digest of both directions' text; the ledger resumes only the same
/// @param source the script, for naming places in it
/// @param needs the locks of each statement on relations that others can see; a statement that is missing here is one
///     whose locks are not known
/// @param schemaBefore fingerprint of the schema at the beginning, for the ledger
public record Work(
        String migration,
        String version,
        Direction direction,
        String digest,
        SourceText source,
        List<Step> steps,
        Map<ParsedStatement, List<LockNeed>> needs,
        Optional<String> schemaBefore) {
    public Work {
        requireNonNull(migration);
        requireNonNull(version);
        requireNonNull(direction);
        requireNonNull(digest);
        requireNonNull(source);
        steps = List.copyOf(steps);
        needs = Map.copyOf(needs);
        requireNonNull(schemaBefore);
    }

    /// @param script the migration's script in that direction
    /// @param facts of each of its statements
    public static Work of(SqlForm form, Direction direction, ParsedScript script, List<StatementFacts> facts) {
        TransactionMode mode = form.script(direction).orElseThrow().transactionMode();
        return of(form.migration(), direction, script.source(), Steps.of(script, mode), facts);
    }

    /// @param migration a backfill of `BackfillFiles`
    public static Work ofBackfill(Migration migration, ParsedScript script, List<StatementFacts> facts) {
        return of(migration, Direction.UP, script.source(), Steps.ofBackfill(script), facts);
    }

    private static Work of(
            Migration migration, Direction direction, SourceText source, List<Step> steps, List<StatementFacts> facts) {
        return new Work(
                migration.id(),
                migration.version(),
                direction,
                migration.digest(),
                source,
                steps,
                LockNeeds.of(steps, facts),
                Optional.empty());
    }

    public Work withSchemaBefore(String fingerprint) {
        return new Work(migration, version, direction, digest, source, steps, needs, Optional.of(fingerprint));
    }

    /// @return the strong locks that the step takes on relations that others can see
    public List<LockNeed> strongNeeds(Step step) {
        List<LockNeed> strong = new ArrayList<>();
        for (ParsedStatement statement : step.statements()) {
            needs.getOrDefault(statement, List.of()).stream()
                    .filter(LockNeed::stopsTraffic)
                    .filter(need -> !strong.contains(need))
                    .forEach(strong::add);
        }
        return strong;
    }

    Exposure exposure(ParsedStatement statement) {
        List<LockNeed> known = needs.get(statement);
        return known == null ? Exposure.UNKNOWN : Exposure.of(known);
    }

    /// @return `db/migrations/1_x.up.sql:12`
    String place(ParsedStatement statement) {
        return source.name() + ":" + source.position(statement.span().start()).line();
    }
}
