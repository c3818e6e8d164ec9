package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.nio.file.Path;
import java.util.Optional;

/// One change of the schema, with its undo.
///
/// @param version what orders it and what the version table records (see [Framework#appliedVersions])
/// @param name what the author called it; empty when the framework knows no names
/// @param up what carries it out
/// @param down what undoes it; empty when nobody wrote one, which closes the gate of `apply`
public record Migration(String version, String name, Script up, Optional<Script> down) {
    /// How the version begins of what has none: Flyway's repeatables run after all others, each time their text
    /// changes.
    public static final String REPEATABLE = "R__";

    public Migration {
        requireNonNull(version);
        requireNonNull(name);
        requireNonNull(up);
        requireNonNull(down);
        String id = id(version, name);
        if (id.isEmpty() || id.contains("/") || id.contains("\\") || id.startsWith(".")) {
            throw new IllegalArgumentException("a migration's id names its evidence file: " + id);
        }
    }

    /// Both directions in the same mode.
    public Migration(String version, String name, Script up, Optional<Script> down, TransactionMode transactionMode) {
        this(version, name, up.with(transactionMode), down.map(script -> script.with(transactionMode)));
    }

    /// @return version and name, as in the file's name; also the name of its evidence and its runbook
    public String id() {
        return id(version, name);
    }

    private static String id(String version, String name) {
        return name.isEmpty() ? version : version + "_" + name;
    }

    /// @return whether this runs whenever its text changes, and so comes neither before nor after others
    public boolean repeats() {
        return version.startsWith(REPEATABLE);
    }

    /// @return the mode of the up; the down has its own, see [Script#transactionMode]
    public TransactionMode transactionMode() {
        return up.transactionMode();
    }

    public Path file() {
        return up.file();
    }

    public Optional<Script> script(Direction direction) {
        return direction == Direction.UP ? Optional.of(up) : down;
    }

    /// @return what the evidence is bound to, see [Digest]
    public String digest() {
        return Digest.of(this);
    }

    /// @return why there is no going back, empty when there is a down
    public Optional<Problem> downMissing() {
        if (down.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Problem.refused(id() + " has no down: there would be no way back")
                .at(up.text().name())
                .remedy("write its down; when there is nothing to undo, say so in it: -- godwit:no-op REASON"));
    }
}
