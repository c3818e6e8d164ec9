package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.util.List;

/// A value that running code still writes.
@AutoService(Rule.class)
public final class RenameEnumValue implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "rename-enum-value",
            43,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ALTER TYPE … RENAME VALUE of an enum that is in use.",
            "Code that is still running fails as soon as it names the old value (SQLSTATE 22P02), and does not know the new one when it reads it.",
            "Add the new value, release code that reads both and writes the new one, then change the rows in batches; the old value stays unused.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.AlterEnum change
                        && change.newValue().isEmpty()
                ? List.of(finding(facts, change.name()))
                : List.of();
    }

    private static Finding finding(StatementFacts facts, QualifiedName type) {
        return Finding.at(
                        facts,
                        INFO,
                        "RENAME VALUE of " + type
                                + " breaks code that still names the old value, at once (SQLSTATE 22P02),"
                                + " and shows it a value that it does not know.")
                .on(type)
                .help("ALTER TYPE " + Wording.sql(type)
                        + " ADD VALUE the new one in a transaction of its own, release code"
                        + " that reads both, then change the rows in batches.");
    }
}
