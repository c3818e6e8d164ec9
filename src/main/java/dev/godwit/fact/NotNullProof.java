package dev.godwit.fact;

import dev.godwit.statement.Expression;
import java.util.HashSet;
import java.util.Set;

/// Which columns a CHECK proves to hold no NULL, by PostgreSQL's own reasoning: `c IS NOT NULL`, alone or as a term of
/// AND. `c > 0` proves nothing, as a CHECK passes on NULL.
///
/// Source: `NotNullImpliedByRelConstraints` in tablecmds.c, which asks for weak implication.
final class NotNullProof {
    private NotNullProof() {}

    static Set<String> of(Expression condition) {
        Set<String> proved = new HashSet<>();
        condition.conjuncts().forEach(term -> {
            if (term instanceof Expression.NullTest test
                    && !test.expectsNull()
                    && test.operand() instanceof Expression.Column column) {
                proved.add(column.name());
            }
        });
        return proved;
    }
}
