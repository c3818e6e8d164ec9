package dev.godwit.problem;

import static java.util.Objects.requireNonNull;

/// One error as a person reads it.
///
/// @param kind who is asked to act, and so the exit code
/// @param what what happened, one sentence without a full stop
/// @param where file:line, relation, SQLSTATE or URL without secrets; empty when there is no place
/// @param state what state things were left in; empty when nothing was begun
/// @param remedy what to do, best a command to type; empty only when nothing can be done
public record Problem(Kind kind, String what, String where, String state, String remedy) {
    /// The exit codes of `cli.md` that an error can end with.
    public enum Kind {
        /// Findings, a closed gate, a criterion not met.
        REFUSED(1),
        /// Wrong usage, configuration or file.
        USAGE(2),
        /// A database or framework said no.
        DATABASE(3),
        /// Stopped on purpose, resumable.
        STOPPED(4);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    public Problem {
        requireNonNull(kind);
        requireNonNull(what);
        requireNonNull(where);
        requireNonNull(state);
        requireNonNull(remedy);
    }

    public static Problem refused(String what) {
        return new Problem(Kind.REFUSED, what, "", "", "");
    }

    public static Problem usage(String what) {
        return new Problem(Kind.USAGE, what, "", "", "");
    }

    public static Problem database(String what) {
        return new Problem(Kind.DATABASE, what, "", "", "");
    }

    public static Problem stopped(String what) {
        return new Problem(Kind.STOPPED, what, "", "", "");
    }

    public Problem at(String place) {
        return new Problem(kind, what, place, state, remedy);
    }

    public Problem leaving(String newState) {
        return new Problem(kind, what, where, newState, remedy);
    }

    public Problem remedy(String newRemedy) {
        return new Problem(kind, what, where, state, newRemedy);
    }

    public GodwitException raise() {
        return new GodwitException(this);
    }
}
