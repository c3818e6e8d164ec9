package dev.godwit.execute;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.godwit.fact.StatementFacts;
import dev.godwit.plan.Step;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The facts of a script as lock needs: without the relations that a statement's own transaction creates, because
/// nobody else can see those.
final class LockNeeds {
    private LockNeeds() {}

    static Map<ParsedStatement, List<LockNeed>> of(List<Step> steps, List<StatementFacts> facts) {
        Map<ParsedStatement, StatementFacts> known =
                facts.stream().collect(toMap(StatementFacts::statement, identity(), (first, _) -> first));
        Map<ParsedStatement, List<LockNeed>> needs = new HashMap<>();
        for (Step step : steps) {
            Set<QualifiedName> own = new HashSet<>();
            for (ParsedStatement statement : step.statements()) {
                StatementFacts fact = known.get(statement);
                if (fact != null && !isOpaque(statement)) {
                    own.addAll(fact.creates());
                    needs.put(statement, visible(fact, own));
                }
            }
        }
        return needs;
    }

    /// What it does to the database only running it tells.
    private static boolean isOpaque(ParsedStatement statement) {
        return statement.statement() instanceof Statement.CodeBlock || statement.statement() instanceof Statement.Other;
    }

    private static List<LockNeed> visible(StatementFacts fact, Set<QualifiedName> own) {
        return fact.locks().stream()
                .filter(lock -> !own.contains(lock.relation()))
                .map(lock -> new LockNeed(lock.relation(), lock.mode()))
                .toList();
    }
}
