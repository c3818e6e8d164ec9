package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.AlterAction.Kind;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// Row security that lets nobody see a row.
@AutoService(Rule.class)
public final class RowSecurityWithoutPolicy implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "row-security-without-policy",
            78,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "ENABLE ROW LEVEL SECURITY on a table that is in use, with no policy in sight.",
            "Everyone but the owner and superusers sees no row of the table from then on, and can write none.",
            "Create the policies first, in the same transaction or an earlier one.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.Simple.class,
                (table, simple, _) -> simple.kind() == Kind.ENABLE_ROW_SECURITY && !hasPolicy(facts, table, context)
                        ? Optional.of(finding(facts, table))
                        : Optional.empty());
    }

    private static boolean hasPolicy(StatementFacts facts, QualifiedName table, LintContext context) {
        return facts.relation(table)
                        .filter(relation -> relation.has(Trait.POLICIES))
                        .isPresent()
                || context.inTransactionOf(facts).stream()
                        .map(other -> other.statement().statement())
                        .anyMatch(other -> other instanceof Statement.TableAttachment attachment
                                && attachment.kind() == ObjectKind.POLICY
                                && attachment.table().equals(table));
    }

    private static Finding finding(StatementFacts facts, QualifiedName table) {
        return Finding.at(
                        facts,
                        INFO,
                        "Row security without a policy hides all rows of " + table
                                + " from everyone but its owner, and lets nobody else write.")
                .on(table)
                .help("CREATE POLICY … ON " + Wording.sql(table) + " before it, in the same transaction.");
    }
}
