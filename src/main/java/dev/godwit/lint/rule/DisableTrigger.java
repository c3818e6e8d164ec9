package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.AlterAction.Kind;
import java.util.List;
import java.util.Optional;

/// Triggers that stop working for everybody.
@AutoService(Rule.class)
public final class DisableTrigger implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "disable-trigger",
            75,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "DISABLE TRIGGER on a table that is in use.",
            "Until it is enabled again, no session fires it: what it guards or records is neither guarded nor recorded, with ALL not even foreign keys.",
            "Let the trigger itself look for a setting of the session, or SET LOCAL session_replication_role = replica for your own transaction.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(facts, AlterAction.Simple.class, (table, simple, _) -> switch (simple.kind()) {
            case DISABLE_TRIGGER -> Optional.of(finding(facts, table, simple));
            case DISABLE_ALL_TRIGGERS ->
                Optional.of(finding(facts, table, simple).as(Severity.ERROR));
            default -> Optional.empty();
        });
    }

    private static Finding finding(StatementFacts facts, QualifiedName table, AlterAction.Simple simple) {
        boolean all = simple.kind() == Kind.DISABLE_ALL_TRIGGERS;
        String what = all
                ? "DISABLE TRIGGER ALL: no session checks foreign keys or fires triggers on " + table
                : "DISABLE TRIGGER " + simple.column().orElse("USER") + ": no session fires it on " + table;
        return Finding.at(facts, INFO, what + " until it is enabled again; what is written meanwhile stays as it is.")
                .on(table)
                .under(LockMode.SHARE_ROW_EXCLUSIVE)
                .help("For your own statements only: SET LOCAL session_replication_role = replica;");
    }
}
