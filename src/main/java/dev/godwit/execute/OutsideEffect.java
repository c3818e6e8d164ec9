package dev.godwit.execute;

import dev.godwit.plan.Step;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.Optional;

/// What a statement that cannot run in a transaction leaves in the catalog: the journal cannot be written with it, so
/// the catalog says how far an earlier attempt came.
interface OutsideEffect {
    /// Puts in order what an earlier attempt left.
    ///
    /// @param begun an earlier attempt sent the statement, and its outcome is not journaled
    /// @return what is there already, in words, when nothing is left to do
    Optional<String> settle(boolean begun);

    /// After the statement has failed: removes what it left.
    default void cleanUp() {}

    /// After the statement: proves that the effect is there and whole.
    default void verify() {}

    static OutsideEffect of(StepScope scope, Step.RunOutsideTransaction step) {
        ParsedStatement parsed = step.statement();
        return switch (parsed.statement()) {
            case Statement.CreateIndex create when create.concurrently() -> new ConcurrentIndex(scope, parsed, create);
            case Statement.DropObjects drop when drop.kind() == ObjectKind.INDEX -> new ConcurrentDrop(scope, drop);
            case Statement.Reindex reindex -> new ConcurrentReindex(scope, reindex);
            case Statement.AlterTable alter when detaches(alter) -> new ConcurrentDetach(scope, parsed, alter);
            case Statement.Maintenance _, Statement.Cluster _ -> _ -> Optional.empty();
            case Statement other -> new UnknownEffect(scope, parsed, other);
        };
    }

    private static boolean detaches(Statement.AlterTable alter) {
        return alter.actions().stream().anyMatch(AlterAction.DetachPartition.class::isInstance);
    }
}
