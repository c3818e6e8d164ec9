package dev.godwit.lint.rule;

import dev.godwit.fact.ActionFacts;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Edits;
import dev.godwit.lint.Finding;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at the actions of an ALTER TABLE one by one; a finding is at its action.
final class Actions {
    private Actions() {}

    /// What a rule says of one action of its kind.
    @FunctionalInterface
    interface Judge<A extends AlterAction> {
        Optional<Finding> judge(QualifiedName table, A action, ActionFacts facts);
    }

    static <A extends AlterAction> List<Finding> check(StatementFacts facts, Class<A> kind, Judge<A> judge) {
        if (!(facts.statement().statement() instanceof Statement.AlterTable alter)) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>();
        for (int i = 0; i < facts.actions().size(); i++) {
            ActionFacts action = facts.actions().get(i);
            if (kind.isInstance(action.action())) {
                int index = i;
                judge.judge(alter.name(), kind.cast(action.action()), action)
                        .map(finding -> finding.in(Edits.action(facts.statement(), index)))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /// @return is it the only action, so that the whole statement can be replaced?
    static boolean alone(StatementFacts facts) {
        return facts.actions().size() == 1;
    }
}
