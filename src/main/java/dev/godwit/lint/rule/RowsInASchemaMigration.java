package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.Statement;
import java.util.List;

/// Rows and schema in one migration.
@AutoService(Rule.class)
public final class RowsInASchemaMigration implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "rows-in-a-schema-migration",
                    93,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "INSERT, UPDATE, DELETE, MERGE or COPY in a script that also changes the schema of what was there.",
                    "In one transaction the rows change under the lock of the schema change; apart from it, one half can be there without the other.",
                    "A migration for the schema, another for the rows.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return changesRows(facts.statement().statement())
                        && context.facts().stream().anyMatch(RowsInASchemaMigration::changesSchema)
                ? List.of(Finding.at(facts, INFO, "This changes rows in a script that changes the schema as well.")
                        .help("Move it to a migration of its own."))
                : List.of();
    }

    private static boolean changesRows(Statement statement) {
        return switch (statement) {
            case Statement.InsertRows _, Statement.UpdateRows _, Statement.DeleteRows _ -> true;
            case Statement.MergeRows _ -> true;
            case Statement.CopyRows copy -> !copy.access().writes().isEmpty();
            default -> false;
        };
    }

    private static boolean changesSchema(StatementFacts facts) {
        return switch (facts.statement().statement()) {
            case Statement.AlterTable _, Statement.DropObjects _, Statement.Rename _ ->
                facts.createdHere().isEmpty();
            case Statement.CreateIndex index -> !facts.createdHere().contains(index.table());
            default -> false;
        };
    }
}
