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
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.util.List;

/// Statistics that the planner lacks.
@AutoService(Rule.class)
public final class AnalyzeMissing implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "analyze-missing",
                    74,
                    Severity.INFO,
                    Scope.EXISTING_RELATIONS,
                    "CREATE INDEX on an expression, with no ANALYZE of the table after it.",
                    "Until autovacuum comes by, the planner knows nothing of the expression's values and may not use the index.",
                    "ANALYZE the table after it.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return facts.statement().statement() instanceof Statement.CreateIndex index
                        && index.columns().contains("")
                        && context.after(facts).stream().noneMatch(later -> analyzes(later, index.table()))
                ? List.of(Finding.at(facts, INFO, "The planner knows nothing of the values of this index's expression.")
                        .on(index.table())
                        .help("ANALYZE " + Wording.sql(index.table()) + "; after it."))
                : List.of();
    }

    private static boolean analyzes(StatementFacts later, QualifiedName table) {
        return later.statement().statement() instanceof Statement.Maintenance maintenance
                && (maintenance.tables().isEmpty() || maintenance.tables().contains(table));
    }
}
