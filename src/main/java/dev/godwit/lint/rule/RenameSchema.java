package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
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

/// A schema whose tables running code no longer finds.
@AutoService(Rule.class)
public final class RenameSchema implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "rename-schema",
            42,
            Severity.ERROR,
            Scope.EXISTING_RELATIONS,
            "ALTER SCHEMA … RENAME, or SET SCHEMA of a table or view.",
            "Code that is still running fails on its next query (SQLSTATE 42P01), unless its search_path has both schemas.",
            "In one transaction, move the table and put an updatable view of the old name in its place; drop the view when nobody uses it.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return switch (facts.statement().statement()) {
            case Statement.SetSchema move ->
                isNamedByQueries(move.kind()) && !comesBack(facts, move.relation(), context)
                        ? List.of(moved(facts, move))
                        : List.of();
            case Statement.Rename rename ->
                rename.kind() == ObjectKind.SCHEMA ? List.of(renamed(facts, rename)) : List.of();
            default -> List.of();
        };
    }

    private static boolean isNamedByQueries(ObjectKind kind) {
        return switch (kind) {
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> true;
            default -> false;
        };
    }

    private static boolean comesBack(StatementFacts facts, QualifiedName old, LintContext context) {
        return context.inTransactionOf(facts).stream()
                .anyMatch(other -> other.creates().contains(old)
                        && other.statement().span().start()
                                > facts.statement().span().start());
    }

    private static Finding moved(StatementFacts facts, Statement.SetSchema move) {
        QualifiedName old = move.relation();
        QualifiedName now = new QualifiedName(move.newSchema(), old.name());
        return Finding.at(
                        facts,
                        INFO,
                        "SET SCHEMA makes " + old + " " + now + ": code that still uses the old name fails at once.")
                .on(old)
                .under(LockMode.ACCESS_EXCLUSIVE)
                .help("In the same transaction, put a view in its place: CREATE VIEW " + Wording.sql(old)
                        + " AS SELECT * FROM " + Wording.sql(now) + "; it takes reads and writes.");
    }

    private static Finding renamed(StatementFacts facts, Statement.Rename rename) {
        String old = rename.relation().name();
        return Finding.at(
                        facts,
                        INFO,
                        "RENAME of the schema " + old + " to " + rename.newName()
                                + " takes all its tables away from code that still names it.")
                .on(rename.relation())
                .help("Make the schema " + Wording.sql(rename.newName())
                        + ", move one table a transaction with SET SCHEMA, and leave a view of the old name behind.");
    }
}
