package dev.godwit.cli;

/// The exit codes of `cli.md`, a promise to scripts.
final class ExitCode {
    /// Done, passed.
    static final int OK = 0;

    /// Findings at or above the threshold, a closed gate, a criterion not met, a watch that failed.
    static final int REFUSED = 1;

    /// Usage or configuration.
    static final int USAGE = 2;

    /// A database or framework error.
    static final int DATABASE = 3;

    /// Stopped on purpose, resumable.
    static final int STOPPED = 4;

    /// Applied, then rolled back.
    static final int ROLLED_BACK = 5;

    private ExitCode() {}
}
