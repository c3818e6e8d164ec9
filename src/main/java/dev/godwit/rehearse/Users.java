package dev.godwit.rehearse;

import static java.util.Objects.requireNonNull;

import dev.godwit.traffic.Load;
import dev.godwit.traffic.QueryWorkload;

/// Who uses the database while a migration is rehearsed.
public sealed interface Users {
    /// @return what the evidence calls them
    String name();

    /// @return queries a second that they make
    default int rate(Load load) {
        return load.ratePerSecond();
    }

    /// Users whose queries follow from the catalog, on the tables that the migration touches.
    record OfCatalog() implements Users {
        @Override
        public String name() {
            return "catalog";
        }
    }

    /// Users whose queries somebody wrote down.
    ///
    /// @param name the file
    record OfQueries(String name, QueryWorkload workload) implements Users {
        public OfQueries {
            requireNonNull(name);
            requireNonNull(workload);
        }
    }

    /// Nobody: times, locks and rollback are measured, a stall is not, so the rehearsal cannot pass.
    record None() implements Users {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public int rate(Load load) {
            return 0;
        }
    }
}
