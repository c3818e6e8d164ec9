package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.ColumnModel;
import dev.godwit.fact.Consequences.Loss;
import dev.godwit.fact.Narrowing;
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
import dev.godwit.statement.TypeName;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Optional;

/// A type that holds less than what is there.
@AutoService(Rule.class)
public final class ColumnTypeNarrows implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "column-type-narrows",
            36,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ALTER COLUMN … TYPE to a type that cannot hold all values of the present one.",
            "Digits and fractions of seconds are rounded off without a word, for good; a value out of range or too long makes it fail at run time, after an ACCESS EXCLUSIVE lock was held for all rows before it.",
            "Look what the rows hold first; add a new column and fill it in batches, so that the old values stay until nobody misses them.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts,
                AlterAction.AlterType.class,
                (table, change, _) -> facts.relation(table)
                        .flatMap(relation -> relation.column(change.column()))
                        .flatMap(ColumnModel::type)
                        .flatMap(from -> judge(facts, table, change, from)));
    }

    private static Optional<Finding> judge(
            StatementFacts facts, QualifiedName table, AlterAction.AlterType change, TypeName from) {
        if (loses(facts, change.column())) {
            return Optional.of(finding(
                    table,
                    change.column() + " of " + table + " loses what " + change.type() + " cannot hold of " + from
                            + ": PostgreSQL rounds it off without a word.",
                    change));
        }
        return Narrowing.refuses(from, change.type())
                ? Optional.of(finding(table, mayFail(table, change, from), change))
                : Optional.empty();
    }

    private static boolean loses(StatementFacts facts, String column) {
        return facts.consequences().losses().stream()
                .anyMatch(loss -> loss.manner() == Loss.Manner.NARROWED
                        && loss.column().filter(column::equals).isPresent());
    }

    private static String mayFail(QualifiedName table, AlterAction.AlterType change, TypeName from) {
        String code = change.type().modifiers().isEmpty() || change.type().is("numeric") ? "22003" : "22001";
        return "It fails if " + change.column() + " of " + table + " holds a value of " + from
                + " that is too large for "
                + change.type() + " (SQLSTATE " + code
                + "), after an ACCESS EXCLUSIVE lock on the table while its rows are"
                + " read.";
    }

    private static Finding finding(QualifiedName table, String message, AlterAction.AlterType change) {
        return Finding.at(new Span(0, 0), INFO, message)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help("Look what production holds first. Add a column of type " + change.type()
                        + ", fill it in batches, switch over, and drop " + Wording.sql(change.column())
                        + " when nobody misses it.");
    }
}
