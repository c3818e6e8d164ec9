package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Expression;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A constraint as known before a statement.
///
/// @param columns those that it reads
/// @param keyColumns of a key, in the order of its index
/// @param provesNotNull the columns that hold no NULL when it is validated
/// @param references the other table of a foreign key
/// @param referencedColumns of a foreign key; empty when it means the other's primary key
/// @param condition of a CHECK, where it could be read
/// @param inherits do the children of its table have it as well?
/// @param local declared by its own table, not only by those that the table inherits from
/// @param transaction the number of the transaction of this release that added it, 0 when it was there before
public record ConstraintModel(
        Kind kind,
        boolean validated,
        Set<String> columns,
        List<String> keyColumns,
        Set<String> provesNotNull,
        Optional<QualifiedName> references,
        Set<String> referencedColumns,
        Optional<Expression> condition,
        boolean inherits,
        boolean local,
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
        keyColumns = List.copyOf(keyColumns);
        provesNotNull = Set.copyOf(provesNotNull);
        requireNonNull(references);
        referencedColumns = Set.copyOf(referencedColumns);
        requireNonNull(condition);
    }

    ConstraintModel checking(Expression check) {
        return new ConstraintModel(
                kind,
                validated,
                columns,
                keyColumns,
                provesNotNull,
                references,
                referencedColumns,
                Optional.of(check),
                inherits,
                local,
                transaction);
    }

    ConstraintModel asValidated() {
        return with(true, references, local);
    }

    ConstraintModel asLocal(boolean isLocal) {
        return with(validated, references, isLocal);
    }

    ConstraintModel referencing(QualifiedName other) {
        return with(validated, Optional.of(other), local);
    }

    private ConstraintModel with(boolean isValidated, Optional<QualifiedName> other, boolean isLocal) {
        return new ConstraintModel(
                kind,
                isValidated,
                columns,
                keyColumns,
                provesNotNull,
                other,
                referencedColumns,
                condition,
                inherits,
                isLocal,
                transaction);
    }

    boolean references(QualifiedName other) {
        return references.filter(other::equals).isPresent();
    }

    boolean isKey() {
        return kind == Kind.PRIMARY_KEY || kind == Kind.UNIQUE;
    }

    boolean hasIndex() {
        return isKey() || kind == Kind.EXCLUSION;
    }
}
