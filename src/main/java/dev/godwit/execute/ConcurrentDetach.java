package dev.godwit.execute;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.Optional;

/// ALTER TABLE … DETACH PARTITION … CONCURRENTLY: two transactions on the server. One that was cut off between them
/// leaves the partition marked, and only FINALIZE can end that.
record ConcurrentDetach(StepScope scope, ParsedStatement parsed, Statement.AlterTable statement)
        implements OutsideEffect {
    private enum State {
        ATTACHED,
        PENDING,
        DETACHED
    }

    @Override
    public Optional<String> settle(boolean begun) {
        return switch (state()) {
            case ATTACHED -> Optional.empty();
            case PENDING -> {
                finalizeDetach();
                yield Optional.of(partition() + " as a table of its own");
            }
            case DETACHED -> begun ? Optional.of(partition() + " as a table of its own") : Optional.empty();
        };
    }

    private QualifiedName partition() {
        return statement.actions().stream()
                .filter(AlterAction.DetachPartition.class::isInstance)
                .map(action -> ((AlterAction.DetachPartition) action).partition())
                .findFirst()
                .orElseThrow();
    }

    private State state() {
        return scope.session()
                .queryOne(
                        """
                        SELECT coalesce((to_jsonb(i) ->> 'inhdetachpending')::boolean, false) AS pending
                        FROM pg_catalog.pg_inherits i
                        JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
                        JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
                        JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
                        JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
                        WHERE pn.nspname = ? AND p.relname = ? AND cn.nspname = ? AND c.relname = ?""",
                        row -> row.flag("pending") ? State.PENDING : State.ATTACHED,
                        statement.name().schema(),
                        statement.name().name(),
                        partition().schema(),
                        partition().name())
                .orElse(State.DETACHED);
    }

    private void finalizeDetach() {
        scope.session()
                .execute("ALTER TABLE " + statement.name().sql() + " DETACH PARTITION "
                        + partition().sql() + " FINALIZE");
    }
}
