package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ConstraintModel;
import dev.godwit.fact.ConstraintModel.Kind;
import dev.godwit.fact.RelationModel;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Direction;
import dev.godwit.statement.AlterAction;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Map;

/// A reference that nothing keeps true any more.
@AutoService(Rule.class)
public final class DropForeignKey implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "drop-foreign-key",
            24,
            Severity.WARNING,
            Scope.EXISTING_RELATIONS,
            "DROP CONSTRAINT of a foreign key that no other one replaces.",
            "Rows that refer to nothing can be written from then on; and for an instant it takes an ACCESS EXCLUSIVE lock on both tables.",
            "Make sure that something else keeps the reference true; to change it, add the new foreign key first.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.DropConstraint.class,
                (table, drop, _) -> facts.relation(table)
                        .flatMap(relation -> relation.constraint(drop.constraint())
                                .filter(constraint -> isKey(constraint) && constraint.transaction() == 0)
                                .filter(constraint -> !replaced(relation, drop.constraint(), constraint))
                                .map(constraint -> finding(table, drop.constraint(), constraint, context))));
    }

    private static boolean isKey(ConstraintModel constraint) {
        return constraint.kind() == Kind.FOREIGN_KEY;
    }

    private static boolean replaced(RelationModel table, String name, ConstraintModel dropped) {
        return table.constraints().entrySet().stream()
                .filter(other -> !other.getKey().equals(name))
                .map(Map.Entry::getValue)
                .anyMatch(other -> isKey(other)
                        && other.columns().equals(dropped.columns())
                        && other.references().equals(dropped.references()));
    }

    private static Finding finding(QualifiedName table, String name, ConstraintModel key, LintContext context) {
        String other = key.references().map(QualifiedName::toString).orElse("the other table");
        boolean down = context.direction() == Direction.DOWN;
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "Without " + name + ", " + table + " may refer to rows that " + other
                                + " does not have; dropping it takes an ACCESS EXCLUSIVE lock on both tables.")
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .as(down ? Severity.INFO : Severity.WARNING)
                .help(
                        "Make sure that something else keeps the reference true. To change the foreign key, add the new one"
                                + " NOT VALID, validate it, then drop this one.");
    }
}
