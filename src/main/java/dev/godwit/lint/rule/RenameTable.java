package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.Consequences.Breakage;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Wording;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;

/// A table that running code no longer finds.
@AutoService(Rule.class)
public final class RenameTable implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "rename-table",
            41,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "RENAME of a table or view whose old name is gone when the transaction ends.",
            "Code that is still running fails on its next query (SQLSTATE 42P01).",
            "In one transaction, rename it and put an updatable view of the old name in its place; drop the view when nobody uses it.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (facts.statement().statement() instanceof Statement.SetSchema) {
            return List.of();
        }
        return facts.consequences().breaks().stream()
                .filter(breakage -> breakage.kind() == Breakage.Kind.RELATION_RENAMED)
                .map(Breakage::relation)
                .filter(old -> isNamedByQueries(facts, old) && !comesBack(facts, old, context))
                .map(old -> finding(facts, old))
                .toList();
    }

    /// A sequence is named by defaults, which follow it.
    private static boolean isNamedByQueries(StatementFacts facts, QualifiedName name) {
        return facts.relation(name)
                .map(relation -> relation.kind() != ObjectKind.SEQUENCE)
                .orElse(!(facts.statement().statement() instanceof Statement.Rename rename
                        && rename.kind() == ObjectKind.SEQUENCE));
    }

    /// A view or another table has the name when others look again.
    private static boolean comesBack(StatementFacts facts, QualifiedName old, LintContext context) {
        return context.inTransactionOf(facts).stream()
                .filter(later -> later.statement().span().start()
                        > facts.statement().span().start())
                .anyMatch(later -> later.creates().contains(old)
                        || later.consequences().renames().containsValue(old));
    }

    private static Finding finding(StatementFacts facts, QualifiedName old) {
        QualifiedName now = facts.consequences().renames().getOrDefault(old, old);
        Finding finding = Finding.at(
                        facts,
                        INFO,
                        "RENAME of " + old + " to " + now + " breaks code that still uses the old name, at once.")
                .on(old)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help("In the same transaction, put a view in its place: CREATE VIEW " + Wording.sql(old)
                        + " AS SELECT * FROM " + Wording.sql(now)
                        + "; it takes reads and writes. Drop it when no code uses the old name.");
        return isPutAway(old, now) ? putAway(finding, old) : finding;
    }

    /// The last step before a DROP TABLE, to see who misses it.
    private static boolean isPutAway(QualifiedName old, QualifiedName now) {
        return now.name().equals(old.name() + "_dropped");
    }

    private static Finding putAway(Finding finding, QualifiedName old) {
        return finding.as(Severity.INFO)
                .help("If somebody misses it: ALTER TABLE … RENAME TO " + Wording.sql(old.name()) + ";");
    }
}
