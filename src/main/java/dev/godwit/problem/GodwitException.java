package dev.godwit.problem;

import static java.util.Objects.requireNonNull;

/// Anything that stops a command, told the way `cli.md` promises: what happened, where, what state things are in, and
/// what to do next. The composition root prints the [Problem] and exits with the code of its [Problem.Kind].
public class GodwitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public GodwitException(Problem problem) {
        super(problem.what());
        this.problem = requireNonNull(problem);
    }

    public GodwitException(Problem problem, Throwable cause) {
        super(problem.what(), cause);
        this.problem = requireNonNull(problem);
    }

    public Problem problem() {
        return problem;
    }
}
