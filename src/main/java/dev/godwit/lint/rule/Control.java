package dev.godwit.lint.rule;

import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.LintContext;
import dev.godwit.statement.Statement;
import dev.godwit.statement.Statement.TransactionControl.Verb;
import java.util.List;
import java.util.Optional;

/// Where a script's own BEGIN and COMMIT stand in the transactions that are open already.
final class Control {
    private Control() {}

    static boolean begins(StatementFacts facts) {
        return verb(facts).filter(Verb.BEGIN::equals).isPresent();
    }

    static boolean ends(StatementFacts facts) {
        return verb(facts)
                .filter(verb -> verb == Verb.COMMIT || verb == Verb.ROLLBACK || verb == Verb.PREPARE)
                .isPresent();
    }

    private static Optional<Verb> verb(StatementFacts facts) {
        return facts.statement().statement() instanceof Statement.TransactionControl control
                ? Optional.of(control.verb())
                : Optional.empty();
    }

    /// @return is a transaction open when the statement begins?
    static boolean openBefore(StatementFacts facts, LintContext context) {
        List<StatementFacts> before = context.before(facts);
        if (before.isEmpty()) {
            return context.wrapped();
        }
        StatementFacts last = before.getLast();
        return ends(last) ? chains(last) : begins(last) || last.inTransaction();
    }

    private static boolean chains(StatementFacts facts) {
        return facts.statement().statement() instanceof Statement.TransactionControl control && control.options();
    }
}
