package dev.godwit.dsl;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// A constraint of a table under its name: the one written, else the one that PostgreSQL would make.
sealed interface Rule {
    String name();

    record Primary(String name, List<String> columns) implements Rule {
        public Primary {
            requireNonNull(name);
            columns = List.copyOf(columns);
        }
    }

    record Unique(String name, List<String> columns) implements Rule {
        public Unique {
            requireNonNull(name);
            columns = List.copyOf(columns);
        }
    }

    /// @param condition its own text, without the parentheses around it
    record Check(String name, String condition, boolean notValid) implements Rule {
        public Check {
            requireNonNull(name);
            requireNonNull(condition);
        }
    }

    /// @param onDelete `CASCADE`, `SET NULL`, …; empty when nothing is said
    /// @param deferrable `DEFERRABLE INITIALLY DEFERRED` …; empty when nothing is said
    record Foreign(
            String name,
            List<String> columns,
            Name references,
            List<String> referenced,
            Optional<String> onDelete,
            Optional<String> onUpdate,
            Deferrable deferrable,
            boolean notValid)
            implements Rule {
        public Foreign {
            requireNonNull(name);
            columns = List.copyOf(columns);
            requireNonNull(references);
            referenced = List.copyOf(referenced);
            requireNonNull(onDelete);
            requireNonNull(onUpdate);
            requireNonNull(deferrable);
        }
    }

    /// When a constraint is looked at.
    enum Deferrable {
        NO,
        INITIALLY_IMMEDIATE,
        INITIALLY_DEFERRED
    }
}
