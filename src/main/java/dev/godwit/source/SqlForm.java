package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// A migration as the server gets it. That of SQL files is what they say; that of code is what was heard when the
/// framework ran it, in the order in which it came, with BEGIN and COMMIT where they came.
///
/// @param migration whose files evidence is bound to
/// @param up SQL, its lines those of the migration's file as far as they are known
/// @param down SQL; empty when there is no way back
public record SqlForm(Migration migration, Script up, Optional<Script> down) {
    public SqlForm {
        requireNonNull(migration);
        requireNonNull(up);
        requireNonNull(down);
    }

    /// Of a migration whose files the server gets as they stand.
    public static SqlForm of(Migration migration) {
        return new SqlForm(migration, migration.up(), migration.down());
    }

    /// The same SQL of the same migration, read from another copy of the project.
    public SqlForm as(Migration same) {
        return new SqlForm(same, up, down);
    }

    public Optional<Script> script(Direction direction) {
        return direction == Direction.UP ? Optional.of(up) : down;
    }
}
