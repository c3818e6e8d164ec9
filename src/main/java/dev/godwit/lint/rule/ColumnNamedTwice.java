package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A column that is there twice.
@AutoService(Rule.class)
public final class ColumnNamedTwice implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "column-named-twice",
            88,
            Severity.ERROR,
            Scope.EVERYTHING,
            "CREATE TABLE, ALTER TABLE, INSERT or UPDATE that names the same column twice.",
            "It fails at run time with SQLSTATE 42701, in UPDATE with 42601.",
            "Remove one of the two.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        Set<String> seen = new HashSet<>();
        return columns(facts.statement().statement())
                .filter(column -> !seen.add(column))
                .distinct()
                .map(column -> Finding.at(
                                facts, INFO, "The column " + column + " is named twice: the server refuses it.")
                        .help("Remove one of the two."))
                .toList();
    }

    private static Stream<String> columns(Statement statement) {
        return switch (statement) {
            case Statement.CreateTable create -> create.columns().stream().map(ColumnDefinition::name);
            case Statement.AlterTable alter ->
                alter.actions().stream()
                        .flatMap(action -> action instanceof AlterAction.AddColumn add && !add.ifNotExists()
                                ? Stream.of(add.column().name())
                                : Stream.empty());
            case Statement.InsertRows insert -> insert.columns().stream();
            case Statement.UpdateRows update -> update.columns().stream();
            default -> Stream.empty();
        };
    }
}
