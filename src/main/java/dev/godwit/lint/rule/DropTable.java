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
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;

/// A table that running code may still use, and whose rows are gone.
@AutoService(Rule.class)
public final class DropTable implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "drop-table",
            57,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "DROP TABLE of a table that is in use.",
            "Its rows are lost, code that is still running fails on its next query, and an ACCESS EXCLUSIVE lock is taken on the tables that it references as well.",
            "Release code that no longer uses it, rename it away for a while, then drop it in a later migration.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.DropObjects drop
                        && (drop.kind() == ObjectKind.TABLE || drop.kind() == ObjectKind.FOREIGN_TABLE)
                ? drop.objects().stream()
                        .map(table -> finding(facts, drop, table))
                        .toList()
                : List.of();
    }

    private static Finding finding(StatementFacts facts, Statement.DropObjects drop, QualifiedName table) {
        if (facts.origin(table) == Origin.UNDONE_UP) {
            return Finding.at(
                            facts,
                            INFO,
                            "DROP TABLE " + table + " undoes the up; what was written to it since is lost.")
                    .on(table)
                    .under(LockMode.ACCESS_EXCLUSIVE)
                    .as(Severity.INFO)
                    .help("Keep a copy of its rows if they matter.");
        }
        String cascade = drop.cascade() ? " CASCADE also drops what depends on it, unseen." : "";
        return Finding.at(
                        facts,
                        INFO,
                        "DROP TABLE " + table + " loses its rows, and code that still uses it fails at once." + cascade)
                .on(table)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help("Release code that no longer uses it; then ALTER TABLE " + Wording.sql(table) + " RENAME TO "
                        + Wording.sql(table.name() + "_dropped") + ", and drop that when nobody missed it.");
    }
}
