package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.Origin;
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
import java.util.Optional;

/// A column that running code may still read or write.
@AutoService(Rule.class)
public final class DropColumn implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "drop-column",
            38,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "DROP COLUMN on a table that is in use.",
            "Code that is still running fails on its next query that names the column, and the values are lost.",
            "Stop reading and writing it, deploy that, then drop it in a later migration, with a copy of the values kept.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Actions.check(
                facts, AlterAction.DropColumn.class, (table, drop, _) -> switch (origin(facts, table, drop.column())) {
                    case RELEASE -> Optional.empty();
                    case EXISTING -> Optional.of(finding(table, drop));
                    case UNDONE_UP -> Optional.of(undone(table, drop));
                });
    }

    private static Origin origin(StatementFacts facts, QualifiedName table, String column) {
        Optional<Origin> own = facts.relation(table)
                .flatMap(relation -> relation.column(column))
                .map(found -> found.origin());
        return facts.origin(table) == Origin.UNDONE_UP ? Origin.UNDONE_UP : own.orElse(Origin.EXISTING);
    }

    private static Finding finding(QualifiedName table, AlterAction.DropColumn drop) {
        String cascade = drop.cascade() ? ", with all that depends on it" : "";
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "DROP COLUMN " + drop.column() + " loses its values on " + table + cascade
                                + ", and code that still names it fails at once.")
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help("Release code that no longer reads or writes " + Wording.sql(drop.column())
                        + " first; drop it in a later migration, with a copy of its values kept.");
    }

    private static Finding undone(QualifiedName table, AlterAction.DropColumn drop) {
        return Finding.at(
                        new Span(0, 0),
                        INFO,
                        "DROP COLUMN " + drop.column() + " undoes the up; what was written to it since is lost.")
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .as(Severity.INFO)
                .help("Keep a copy of its values if they matter.");
    }
}
