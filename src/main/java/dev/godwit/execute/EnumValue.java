package dev.godwit.execute;

import dev.godwit.statement.Statement;
import java.util.Optional;

/// ALTER TYPE … ADD VALUE.
record EnumValue(StepScope scope, Statement.AlterEnum statement) implements OutsideEffect {
    @Override
    public Optional<String> settle(boolean begun) {
        return begun && exists() ? statement.newValue().map(value -> "value " + value) : Optional.empty();
    }

    private boolean exists() {
        return scope.session()
                .queryOne(
                        """
                        SELECT EXISTS (
                          SELECT FROM pg_catalog.pg_enum e
                          JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid
                          JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
                          WHERE n.nspname = ? AND t.typname = ? AND e.enumlabel = ?) AS found""",
                        row -> row.flag("found"),
                        statement.name().schema(),
                        statement.name().name(),
                        statement.newValue().orElseThrow())
                .orElseThrow();
    }
}
