package dev.godwit.rehearse;

import static java.util.Objects.requireNonNull;

import dev.godwit.execute.Work;
import dev.godwit.postgres.QualifiedName;
import java.util.Optional;
import java.util.Set;

/// What a rehearsal runs: a migration's up and down as work for the step runner.
///
/// @param down empty when nobody knows one: then the up runs once, and no rollback is proved
/// @param undoesNothing the author says that there is nothing to undo, and why: what the up wrote is meant to stay
/// @param touched relations that either direction locks and that were there before
record Course(Work up, Optional<Work> down, boolean undoesNothing, Set<QualifiedName> touched) {
    Course {
        requireNonNull(up);
        requireNonNull(down);
        touched = Set.copyOf(touched);
    }
}
