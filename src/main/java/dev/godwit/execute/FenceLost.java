package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;

/// The lock that keeps other runners away went with its connection; it can be asked for again by [Fence#retake].
final class FenceLost extends GodwitException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    FenceLost(Problem problem, String sqlState) {
        super(problem);
        this.sqlState = requireNonNull(sqlState);
    }

    /// @return why the connection was lost
    String sqlState() {
        return sqlState;
    }
}
