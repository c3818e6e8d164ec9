package dev.godwit.fact;

import static dev.godwit.postgres.LockMode.ACCESS_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.List;

/// The locks of DROP: on what goes, and on what loses a part of itself.
final class DropEffects {
    private final SchemaModel model;
    private final Effects effects;

    DropEffects(SchemaModel model, Effects effects) {
        this.model = model;
        this.effects = effects;
    }

    void drop(Statement.DropObjects drop) {
        if (drop.kind() == ObjectKind.INDEX && drop.concurrently()) {
            drop.objects().forEach(this::concurrently);
        } else if (drop.kind() == ObjectKind.STATISTICS) {
            drop.objects()
                    .forEach(name ->
                            effects.lockAll(model.statistics().getOrDefault(name, List.of()), SHARE_UPDATE_EXCLUSIVE));
        } else {
            apply(Dropped.by(drop, model));
        }
    }

    void apply(Dropped dropped) {
        effects.lockAll(dropped.touched(), ACCESS_EXCLUSIVE);
        dropped.relations().forEach(effects::drop);
    }

    private void concurrently(QualifiedName index) {
        model.find(index).flatMap(RelationModel::table).ifPresent(table -> effects.lock(table, SHARE_UPDATE_EXCLUSIVE));
        effects.lock(index, SHARE_UPDATE_EXCLUSIVE);
    }
}
