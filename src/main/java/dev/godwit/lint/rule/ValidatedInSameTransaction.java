package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ConstraintModel;
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
import dev.godwit.statement.AlterAction;
import dev.godwit.text.Span;
import java.util.List;

/// NOT VALID and VALIDATE in one transaction: the strong lock of the first is held while the second reads.
@AutoService(Rule.class)
public final class ValidatedInSameTransaction implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "validated-in-same-transaction",
            20,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "VALIDATE CONSTRAINT is in the transaction that added the constraint NOT VALID.",
            "The lock of ADD CONSTRAINT is held until the end of the transaction, so the scan blocks as if NOT VALID were not there.",
            "Commit first: VALIDATE CONSTRAINT belongs into a later transaction, best a later migration.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.ValidateConstraint.class,
                (table, validate, _) -> facts.relation(table)
                        .flatMap(relation -> relation.constraint(validate.constraint()))
                        .filter(constraint -> !constraint.validated())
                        .filter(constraint -> facts.inTransaction() && constraint.transaction() == facts.transaction())
                        .map(constraint -> finding(table, validate.constraint(), constraint)));
    }

    private static Finding finding(QualifiedName table, String name, ConstraintModel constraint) {
        LockMode held = constraint.kind() == ConstraintModel.Kind.FOREIGN_KEY
                ? LockMode.SHARE_ROW_EXCLUSIVE
                : LockMode.ACCESS_EXCLUSIVE;
        String message = "VALIDATE CONSTRAINT " + name + " reads every row of " + table
                + " while the transaction still holds, from adding it, " + Wording.lockOn(held, table) + ".";
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(held)
                .growingWithRows()
                .help("Move it to a later transaction: a migration of its own, or after a COMMIT.");
    }
}
