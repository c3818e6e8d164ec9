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
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;

/// An index that is not there for itself.
@AutoService(Rule.class)
public final class DropIndexOfConstraint implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "drop-index-of-constraint",
            13,
            Severity.ERROR,
            Scope.EVERYTHING,
            "DROP INDEX of an index that belongs to a primary key, a unique or an exclusion constraint.",
            "It fails at run time with SQLSTATE 2BP01, with or without CASCADE.",
            "Drop the constraint with ALTER TABLE … DROP CONSTRAINT; the index goes with it.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.DropObjects drop && drop.kind() == ObjectKind.INDEX
                ? drop.objects().stream()
                        .flatMap(index -> facts.relation(index).stream())
                        .filter(index -> index.has(Trait.OF_CONSTRAINT))
                        .flatMap(
                                index -> index.table().stream().map(table -> finding(facts, drop, index.name(), table)))
                        .toList()
                : List.of();
    }

    private static Finding finding(
            StatementFacts facts, Statement.DropObjects drop, QualifiedName index, QualifiedName table) {
        String instead = "ALTER TABLE " + Wording.sql(table) + " DROP CONSTRAINT " + Wording.sql(index.name());
        return Finding.at(
                        facts,
                        INFO,
                        "The index " + index + " belongs to the constraint of that name on " + table
                                + ": PostgreSQL refuses to drop it with SQLSTATE 2BP01.")
                .on(table)
                .help("Drop the constraint: " + instead + ";")
                .fix(drop.objects().size() == 1 ? Optional.of(instead) : Optional.empty());
    }
}
