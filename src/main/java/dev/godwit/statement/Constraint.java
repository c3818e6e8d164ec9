package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/// A constraint of a table, be it written beside a column or on its own.
public sealed interface Constraint {
    Optional<String> name();

    /// @param validated false for NOT VALID and NOT ENFORCED: existing rows are not looked at
    /// @param noInherit NO INHERIT: not for the children of its table
    record Check(Optional<String> name, Expression condition, boolean validated, boolean noInherit)
            implements Constraint {
        public Check {
            requireNonNull(name);
            requireNonNull(condition);
        }
    }

    /// PostgreSQL 18's named NOT NULL.
    record NotNull(Optional<String> name, String column, boolean validated, boolean noInherit) implements Constraint {
        public NotNull {
            requireNonNull(name);
            requireNonNull(column);
        }
    }

    /// @param primary PRIMARY KEY, else UNIQUE
    /// @param usingIndex the existing index that becomes the constraint's
    record Key(Optional<String> name, List<String> columns, boolean primary, Optional<String> usingIndex)
            implements Constraint {
        public Key {
            requireNonNull(name);
            columns = List.copyOf(columns);
            requireNonNull(usingIndex);
        }
    }

    /// @param referencedColumns empty when the primary key is meant
    record ForeignKey(
            Optional<String> name,
            List<String> columns,
            QualifiedName references,
            List<String> referencedColumns,
            boolean validated)
            implements Constraint {
        public ForeignKey {
            requireNonNull(name);
            columns = List.copyOf(columns);
            requireNonNull(references);
            referencedColumns = List.copyOf(referencedColumns);
        }
    }

    /// @param columns those that stand alone, not in expressions
    record Exclusion(Optional<String> name, List<String> columns) implements Constraint {
        public Exclusion {
            requireNonNull(name);
            columns = List.copyOf(columns);
        }
    }
}
