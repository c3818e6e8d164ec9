package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.evidence.Evidence;
import dev.godwit.problem.Problem;
import java.util.List;
import java.util.Optional;

/// A migration whose effect and whose row in the version table a crash has torn apart, as schema and
/// evidence tell.
///
/// @param what what is there and what is not
/// @param repair the statements that mend the version table, lines of comment among them
public record TornRecord(String migration, String what, List<String> repair) {
    public TornRecord {
        requireNonNull(migration);
        requireNonNull(what);
        repair = List.copyOf(repair);
    }

    /// Of one that the version table does not name.
    ///
    /// @param own evidence of just its text
    /// @param now fingerprint of production's schema
    public static Optional<TornRecord> unrecorded(
            String migration, Optional<Evidence> own, Order.Repair repair, String now) {
        return own.filter(e -> e.schemaAfter().equals(now) && !e.schemaBefore().equals(now))
                .filter(_ -> !repair.applied().isEmpty())
                .map(_ -> new TornRecord(
                        migration,
                        "applied but unrecorded: the schema is what the rehearsal ended in, and the version table does"
                                + " not name it",
                        repair.applied()));
    }

    /// Of one that the version table names.
    ///
    /// @param own evidence of just its text
    /// @param now fingerprint of production's schema
    public static Optional<TornRecord> stillRecorded(
            String migration, Optional<Evidence> own, Order.Repair repair, String now) {
        return own.filter(e -> e.schemaBefore().equals(now) && !e.schemaAfter().equals(now))
                .filter(_ -> !repair.undone().isEmpty())
                .map(_ -> new TornRecord(
                        migration,
                        "undone but still recorded: the schema is what it was before, and the version table names it",
                        repair.undone()));
    }

    /// @return the statements a line each, as `psql` takes them
    public String script() {
        return String.join("\n", repair.stream().map(TornRecord::ended).toList());
    }

    private static String ended(String statement) {
        return statement.startsWith("--") || statement.endsWith(";") ? statement : statement + ";";
    }

    /// @return what failed, with what it has left
    public Problem explain(Problem failure) {
        return failure.leaving(migration + " is " + what).remedy("mend the version table:\n" + script());
    }

    public Problem problem() {
        return Problem.refused(migration + " is " + what)
                .leaving("nothing was begun")
                .remedy("mend the version table:\n" + script());
    }

    Gate gate() {
        return Gate.closed(Gate.RECORD, what, "mend the version table:\n" + script());
    }
}
