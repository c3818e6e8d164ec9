package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.problem.Problem;

/// A framework's migration that was begun, and ended before its version row: the framework would begin it anew, over
/// what it has committed already.
///
/// @param committed in what the schema is another than the one that was rehearsed on; empty when nothing is left but an
///     index that was not built, which the next run drops
public record HalfDone(String migration, String committed) {
    public HalfDone {
        requireNonNull(migration);
        requireNonNull(committed);
    }

    public static HalfDone of(String migration, CatalogSnapshot rehearsed, CatalogSnapshot now) {
        return new HalfDone(migration, Drift.between(rehearsed, now.withoutInvalidIndexes()));
    }

    /// @return one line for the status
    public String sentence() {
        return migration + ": up, begun and not ended; "
                + (committed.isEmpty()
                        ? "go on with godwit apply"
                        : "it has committed " + committed + "; undo that, then go on with godwit apply");
    }

    /// @return what failed, with what is to be done first
    public Problem explain(Problem failure) {
        return committed.isEmpty()
                ? failure
                : failure.leaving(migration + " is half done: it has committed " + committed
                                + "; the framework has not recorded it")
                        .remedy("undo that by hand, as its down does, and mend the cause; then godwit apply "
                                + migration);
    }
}
