package dev.godwit.execute;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement;
import java.util.Optional;

/// DROP INDEX CONCURRENTLY: one that was cut off leaves an index that the same statement removes.
record ConcurrentDrop(StepScope scope, Statement.DropObjects statement) implements OutsideEffect {
    @Override
    public Optional<String> settle(boolean begun) {
        boolean gone = begun
                && statement.objects().stream()
                        .noneMatch(
                                index -> IndexState.find(scope.session(), index).isPresent());
        return gone ? Optional.of("the lack of " + names()) : Optional.empty();
    }

    private String names() {
        return String.join(
                ", ", statement.objects().stream().map(QualifiedName::toString).toList());
    }
}
