package dev.godwit.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Files against the version table.
///
/// @param applied in order
/// @param pending in order
/// @param missing versions that are applied but have no file any more, in version order
/// @param outOfOrder those of the pending that come before an applied one: someone merged them late
public record Pending(
        List<Migration> applied, List<Migration> pending, List<String> missing, List<Migration> outOfOrder) {
    public Pending {
        applied = List.copyOf(applied);
        pending = List.copyOf(pending);
        missing = List.copyOf(missing);
        outOfOrder = List.copyOf(outOfOrder);
    }

    /// @param versions what is applied, see [Framework#appliedVersions]
    public static Pending of(MigrationSet set, Collection<String> versions) {
        Set<String> recorded = Set.copyOf(versions);
        List<Migration> applied = new ArrayList<>();
        List<Migration> pending = new ArrayList<>();
        List<Migration> outOfOrder = new ArrayList<>();
        for (Migration migration : set.migrations()) {
            if (recorded.contains(migration.version())) {
                applied.add(migration);
                if (!migration.repeats()) {
                    outOfOrder.clear();
                    outOfOrder.addAll(pending);
                }
            } else {
                pending.add(migration);
            }
        }
        return new Pending(applied, pending, missing(set, recorded), outOfOrder);
    }

    private static List<String> missing(MigrationSet set, Set<String> recorded) {
        Set<String> missing = new TreeSet<>(Versions.ORDER);
        missing.addAll(recorded);
        set.migrations().forEach(migration -> missing.remove(migration.version()));
        return List.copyOf(missing);
    }
}
