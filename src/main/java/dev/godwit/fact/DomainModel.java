package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.TypeName;

/// A domain as known before a statement.
///
/// @param constrained has it a CHECK or NOT NULL of its own?
record DomainModel(QualifiedName name, TypeName base, boolean constrained) {
    DomainModel {
        requireNonNull(name);
        requireNonNull(base);
    }

    DomainModel asConstrained() {
        return new DomainModel(name, base, true);
    }

    DomainModel named(QualifiedName newName) {
        return new DomainModel(newName, base, constrained);
    }
}
