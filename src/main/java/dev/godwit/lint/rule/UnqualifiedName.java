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
import dev.godwit.statement.Lexeme;
import dev.godwit.statement.Statement;
import dev.godwit.text.Span;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A name whose schema the session decides.
@AutoService(Rule.class)
public final class UnqualifiedName implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
                    "unqualified-name",
                    87,
                    Severity.INFO,
                    Scope.EVERYTHING,
                    "A relation named without its schema.",
                    "Which table it is depends on the search_path of whoever runs the migration; one that is made lands in its first schema.",
                    "Write the schema before the name.")
            .offByDefault();

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        boolean index = facts.statement().statement() instanceof Statement.CreateIndex;
        Set<QualifiedName> named = new TreeSet<>(index ? Set.of() : facts.creates());
        facts.locks().forEach(lock -> named.add(lock.relation()));
        List<Lexeme> tokens =
                named.isEmpty() ? List.of() : Lexeme.of(facts.statement().sql());
        return named.stream()
                .flatMap(name -> unqualified(tokens, name).map(token -> finding(facts, name, token)))
                .toList();
    }

    /// The first place where the name stands, if no schema stands before it. What is reached without being named, an
    /// index's table, a partition, is not there.
    private static Stream<Lexeme> unqualified(List<Lexeme> tokens, QualifiedName name) {
        for (int i = 0; i < tokens.size(); i++) {
            if (NamePlaces.means(tokens.get(i), name.name())) {
                return i > 0 && isSettled(tokens.get(i - 1)) ? Stream.empty() : Stream.of(tokens.get(i));
            }
        }
        return Stream.empty();
    }

    /// A schema stands before it; or it is the name of a constraint, which cannot have one.
    private static boolean isSettled(Lexeme before) {
        return before.isSign(".") || before.isWord("CONSTRAINT");
    }

    private static Finding finding(StatementFacts facts, QualifiedName name, Lexeme token) {
        int offset = facts.statement().span().start();
        return Finding.at(
                        new Span(offset + token.start(), offset + token.end()),
                        INFO,
                        "The search_path of the session decides which " + name.name() + " this is.")
                .help("Write " + Wording.sql(name.schema()) + "." + Wording.sql(name.name()) + ".");
    }
}
