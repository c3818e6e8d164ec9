package dev.godwit.lint.rule;

import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.RuleInfo;
import dev.godwit.postgres.LockMode;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// A setting of the session that nobody has made when a statement needs it: what the rules about timeouts share.
///
/// @param setting `lock_timeout`
record SettingMissing(RuleInfo rule, String setting, String help) {
    /// Once a script, at the first statement that locks out writers or readers of a table that is in use.
    List<Finding> check(StatementFacts facts, LintContext context) {
        return context.fromStart()
                        && blocks(facts)
                        && first(context).filter(facts::equals).isPresent()
                ? List.of(Finding.at(facts, rule, "No " + setting + " is set when this asks for its lock.")
                        .help(help))
                : List.of();
    }

    private Optional<StatementFacts> first(LintContext context) {
        boolean set = false;
        int local = 0;
        for (StatementFacts facts : context.facts()) {
            if (facts.statement().statement() instanceof Statement.SetVariable variable
                    && variable.name().equals(setting)) {
                boolean on = !variable.values().isEmpty()
                        && !variable.values().getFirst().matches("0[a-z]*");
                if (variable.local()) {
                    local = on && facts.inTransaction() ? facts.transaction() : 0;
                } else {
                    set = on;
                }
            } else if (blocks(facts) && !set && local != facts.transaction()) {
                return Optional.of(facts);
            }
        }
        return Optional.empty();
    }

    private static boolean blocks(StatementFacts facts) {
        return !facts.refusedInTransaction()
                && facts.locks().stream()
                        .anyMatch(lock -> lock.mode().blocks().compareTo(LockMode.Blocks.WRITES) >= 0
                                && !facts.createdHere().contains(lock.relation()));
    }
}
