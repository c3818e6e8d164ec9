package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.util.List;

/// A value that sorts where nobody decided.
@AutoService(Rule.class)
public final class EnumValueWithoutPosition implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "enum-value-without-position",
                    45,
                    Severity.INFO,
                    Scope.EXISTING_RELATIONS,
                    "ALTER TYPE … ADD VALUE without BEFORE or AFTER.",
                    "The value comes last in every ORDER BY and every comparison, which cannot be changed later.",
                    "Say BEFORE or AFTER which value it goes.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.AlterEnum change
                        && change.newValue().isPresent()
                        && !change.positioned()
                ? List.of(finding(facts, change.name(), change.newValue().get()))
                : List.of();
    }

    private static Finding finding(StatementFacts facts, QualifiedName type, String value) {
        return Finding.at(facts, INFO, "The value '" + value + "' of " + type + " sorts last, for good.")
                .on(type)
                .help("Say BEFORE or AFTER which value it goes.");
    }
}
