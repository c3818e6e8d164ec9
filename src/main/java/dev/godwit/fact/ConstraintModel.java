package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import java.util.Optional;
import java.util.Set;

/// A constraint as known before a statement.
///
/// @param columns those that it reads
/// @param provesNotNull the columns that hold no NULL when it is validated
/// @param references the other table of a foreign key
/// @param referencedColumns of a foreign key; empty when it means the other's primary key
/// @param transaction the number of the transaction of this release that added it, 0 when it was there before
public record ConstraintModel(
        Kind kind,
        boolean validated,
        Set<String> columns,
        Set<String> provesNotNull,
        Optional<QualifiedName> references,
        Set<String> referencedColumns,
        int transaction) {
    /// The kinds that differ in what they lock and prove.
    public enum Kind {
        CHECK,
        NOT_NULL,
        PRIMARY_KEY,
        UNIQUE,
        FOREIGN_KEY,
        EXCLUSION
    }

    public ConstraintModel {
        requireNonNull(kind);
        columns = Set.copyOf(columns);
        provesNotNull = Set.copyOf(provesNotNull);
        requireNonNull(references);
        referencedColumns = Set.copyOf(referencedColumns);
    }

    ConstraintModel asValidated() {
        return new ConstraintModel(kind, true, columns, provesNotNull, references, referencedColumns, transaction);
    }

    boolean isKey() {
        return kind == Kind.PRIMARY_KEY || kind == Kind.UNIQUE;
    }
}
