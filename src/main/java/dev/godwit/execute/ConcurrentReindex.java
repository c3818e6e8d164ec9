package dev.godwit.execute;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// REINDEX, which does the same again when it is run again. CONCURRENTLY, when cut off, leaves its half-made copies
/// beside the indexes: `…_ccnew` that was to come, `…_ccold` that was to go.
///
/// Source: PostgreSQL manual, REINDEX, "Rebuilding Indexes Concurrently".
record ConcurrentReindex(StepScope scope, Statement.Reindex statement) implements OutsideEffect {
    private static final Pattern LEFTOVER = Pattern.compile("_cc(new|old)[0-9]*$");

    @Override
    public Optional<String> settle(boolean begun) {
        if (begun) {
            cleanUp();
        }
        return Optional.empty();
    }

    @Override
    public void cleanUp() {
        if (statement.concurrently()) {
            statement.relation().ifPresent(this::dropLeftovers);
        }
    }

    private void dropLeftovers(QualifiedName relation) {
        table(relation).map(table -> IndexState.onTable(scope.session(), table)).orElse(List.of()).stream()
                .filter(index -> !index.valid() && isLeftover(index, relation))
                .forEach(this::drop);
    }

    private Optional<QualifiedName> table(QualifiedName relation) {
        return statement.kind() == ObjectKind.TABLE
                ? Optional.of(relation)
                : IndexState.find(scope.session(), relation).map(IndexState::table);
    }

    /// The server cuts a long name short before it adds the ending.
    private boolean isLeftover(IndexState index, QualifiedName relation) {
        String name = index.name().name();
        if (!LEFTOVER.matcher(name).find()) {
            return false;
        }
        String base = LEFTOVER.matcher(name).replaceFirst("");
        return statement.kind() == ObjectKind.TABLE || relation.name().startsWith(base);
    }

    private void drop(IndexState index) {
        index.drop(scope.session());
        scope.tell(new RunEvent.LeftoverDropped(scope.index(), index.name().toString()));
    }
}
