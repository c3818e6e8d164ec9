package dev.godwit.source.framework;

import dev.godwit.problem.Problem;

/// What to say about an exception of Python, whichever framework let it through.
final class PythonProblems {
    private PythonProblems() {}

    /// @param framework its title
    static Problem of(String framework, PythonFailure failure) {
        String what = failure.message().isEmpty() ? failure.type() : failure.message();
        if (failure.is("ModuleNotFoundError", "ImportError")) {
            return Problem.usage(framework + ": " + what)
                    .at(failure.place())
                    .remedy("install what the project needs, best into its .venv, which Godwit uses first");
        }
        if (!failure.cause().isEmpty() || failure.type().endsWith("OperationalError")) {
            String name = failure.cause().isEmpty() ? failure.type() : failure.cause();
            return Problem.database(framework + ": " + what)
                    .at(failure.place().isEmpty() ? name : failure.place() + " (" + name + ")")
                    .remedy("mend what the server names, then run the command again");
        }
        return Problem.database(framework + ": " + failure.type() + (what.equals(failure.type()) ? "" : ": " + what))
                .at(failure.place())
                .remedy("mend that code, then run the command again");
    }
}
