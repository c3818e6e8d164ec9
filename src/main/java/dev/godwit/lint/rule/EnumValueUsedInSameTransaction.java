package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.Lexeme;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.stream.Stream;

/// A value that is used before it exists for good.
@AutoService(Rule.class)
public final class EnumValueUsedInSameTransaction implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "enum-value-used-in-same-transaction",
            46,
            Severity.ERROR,
            Scope.EVERYTHING,
            "A statement names an enum value that ALTER TYPE … ADD VALUE added earlier in the same transaction.",
            "It fails at run time with SQLSTATE 55P04, and the whole transaction rolls back.",
            "Commit first: put ADD VALUE into a migration of its own, before the one that uses the value.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        if (!context.has(Statement.AlterEnum.class)
                || !facts.inTransaction()
                || !mayUse(facts.statement().statement())) {
            return List.of();
        }
        List<StatementFacts> earlier = context.inTransactionOf(facts).stream()
                .filter(other -> other.statement().span().start()
                        < facts.statement().span().start())
                .toList();
        return added(earlier)
                .filter(change -> names(facts.statement(), change.newValue().orElseThrow()))
                .findFirst()
                .map(change -> finding(facts, change))
                .stream()
                .toList();
    }

    /// The values of a type that the transaction itself made may be used at once.
    private static Stream<Statement.AlterEnum> added(List<StatementFacts> earlier) {
        return earlier.stream()
                .map(other -> other.statement().statement())
                .filter(Statement.AlterEnum.class::isInstance)
                .map(Statement.AlterEnum.class::cast)
                .filter(change -> change.newValue().isPresent())
                .filter(change -> earlier.stream()
                        .noneMatch(other -> other.statement().statement() instanceof Statement.CreateType type
                                && type.name().equals(change.name())));
    }

    private static boolean mayUse(Statement statement) {
        return switch (statement) {
            case Statement.InsertRows _, Statement.UpdateRows _, Statement.DeleteRows _, Statement.MergeRows _ -> true;
            case Statement.AlterTable _, Statement.CreateTable _, Statement.CreateIndex _ -> true;
            case Statement.Select _, Statement.CreateView _, Statement.CreateTableAs _ -> true;
            default -> false;
        };
    }

    /// Of a literal alone nobody knows its type; but that it is that value by chance is unlikely.
    private static boolean names(ParsedStatement statement, String value) {
        String literal = "'" + value.replace("'", "''") + "'";
        return Lexeme.of(statement.sql()).stream()
                .anyMatch(token ->
                        token.kind() == Lexeme.Kind.QUOTED && token.text().equals(literal));
    }

    private static Finding finding(StatementFacts facts, Statement.AlterEnum change) {
        return Finding.at(
                        facts,
                        INFO,
                        "The value '" + change.newValue().orElseThrow() + "' of " + change.name()
                                + " was added in this transaction: PostgreSQL refuses its use until that has committed"
                                + " (SQLSTATE 55P04).")
                .help("Put ALTER TYPE … ADD VALUE into a migration of its own before this one, or after it a COMMIT.");
    }
}
