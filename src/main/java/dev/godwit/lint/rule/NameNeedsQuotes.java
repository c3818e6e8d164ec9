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
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.stream.Stream;

/// A name that must be quoted for ever after.
@AutoService(Rule.class)
public final class NameNeedsQuotes implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "name-needs-quotes",
                    90,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "A table, column, index or constraint is made with a name in capitals, with blanks, or of a reserved word.",
                    "Every query must quote it: without quotes the name is folded to lower case and not found.",
                    "Use lower-case letters, digits and underscores.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        return Stream.of(
                        facts.creates().stream().map(QualifiedName::name),
                        columns(facts.statement().statement()))
                .flatMap(names -> names)
                .filter(name -> Wording.sql(name).startsWith("\""))
                .distinct()
                .map(name -> Finding.at(
                                NamePlaces.span(facts.statement(), name),
                                INFO,
                                "Every query must quote the name " + name + ".")
                        .help("Use lower-case letters, digits and underscores."))
                .toList();
    }

    private static Stream<String> columns(Statement statement) {
        return switch (statement) {
            case Statement.CreateTable create -> create.columns().stream().map(ColumnDefinition::name);
            case Statement.AlterTable alter -> alter.actions().stream().flatMap(NameNeedsQuotes::added);
            case Statement.Rename rename -> Stream.of(rename.newName());
            default -> Stream.empty();
        };
    }

    private static Stream<String> added(AlterAction action) {
        return switch (action) {
            case AlterAction.AddColumn add -> Stream.of(add.column().name());
            case AlterAction.AddConstraint add -> add.constraint().name().stream();
            default -> Stream.empty();
        };
    }
}
