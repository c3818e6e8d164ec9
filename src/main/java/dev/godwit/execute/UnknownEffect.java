package dev.godwit.execute;

import dev.godwit.problem.Problem;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.Optional;

/// A statement whose effect Godwit cannot read from the catalog (CREATE DATABASE, CREATE SUBSCRIPTION, …). When the
/// connection was lost while it ran, a person has to look.
record UnknownEffect(StepScope scope, ParsedStatement parsed, Statement statement) implements OutsideEffect {
    @Override
    public Optional<String> settle(boolean begun) {
        if (!begun) {
            return Optional.empty();
        }
        throw Problem.database(
                        "whether this statement took effect is not known: an earlier attempt was cut off while it"
                                + " ran")
                .at(scope.work().place(parsed))
                .leaving("the steps before it are done")
                .remedy("look whether its effect is there; if it is: " + record("done") + " if it is not: "
                        + record("failed") + " then "
                        + scope.context().cancellation().resumeCommand())
                .raise();
    }

    private String record(String state) {
        return "INSERT INTO godwit.step (run, step_index, statement_hash, state, application_host) VALUES ("
                + scope.run().id() + ", " + scope.index() + ", '" + StatementHash.of(scope.step()) + "', '" + state
                + "', 'by hand');";
    }
}
