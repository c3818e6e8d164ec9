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
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;

/// A column that running code knows by its old name.
@AutoService(Rule.class)
public final class RenameColumn implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "rename-column",
            40,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "RENAME COLUMN on a table that is in use.",
            "Code that is still running fails on its next query that uses the old name, until all of it is replaced.",
            "Add a column with the new name, write both, fill the old rows in batches, switch over, drop the old one.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.Rename rename
                        && rename.kind() == ObjectKind.COLUMN
                        && !addedHere(facts, rename)
                ? List.of(finding(facts, rename))
                : List.of();
    }

    private static boolean addedHere(StatementFacts facts, Statement.Rename rename) {
        return facts.relation(rename.relation())
                .flatMap(relation -> relation.column(rename.member().orElse("")))
                .filter(column -> column.origin() == Origin.RELEASE)
                .isPresent();
    }

    private static Finding finding(StatementFacts facts, Statement.Rename rename) {
        String old = rename.member().orElse("");
        return Finding.at(
                        facts,
                        INFO,
                        "RENAME COLUMN " + old + " TO " + rename.newName() + " on " + rename.relation()
                                + " breaks code that still uses the old name, at once.")
                .on(rename.relation())
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help("Add " + Wording.sql(rename.newName())
                        + " as a new column, write both, fill the old rows in batches,"
                        + " release code that uses the new name, then drop " + Wording.sql(old) + ".");
    }
}
