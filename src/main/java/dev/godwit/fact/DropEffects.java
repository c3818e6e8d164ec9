package dev.godwit.fact;

import static dev.godwit.postgres.LockMode.ACCESS_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;

/// The locks of DROP: on what goes, and on what loses a part of itself.
final class DropEffects {
    private final SchemaModel model;
    private final Effects effects;

    DropEffects(SchemaModel model, Effects effects) {
        this.model = model;
        this.effects = effects;
    }

    void drop(Statement.DropObjects drop) {
        switch (drop.kind()) {
            case INDEX -> drop.objects().forEach(index -> index(index, drop.concurrently()));
            case TABLE, FOREIGN_TABLE -> drop.objects().forEach(this::table);
            case VIEW, MATERIALIZED_VIEW, SEQUENCE -> drop.objects().forEach(effects::drop);
            case TRIGGER, RULE, POLICY -> effects.lockAll(drop.objects(), ACCESS_EXCLUSIVE);
            case SCHEMA -> drop.objects().forEach(schema -> allIn(schema.name()));
            case COLUMN, TABLE_CONSTRAINT, STATISTICS, TYPE, DOMAIN, FUNCTION, OTHER -> {}
        }
    }

    private void index(QualifiedName index, boolean concurrently) {
        LockMode mode = concurrently ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
        model.find(index).flatMap(RelationModel::table).ifPresent(table -> effects.lock(table, mode));
        if (!concurrently) {
            effects.drop(index);
        } else {
            effects.lock(index, mode);
        }
    }

    /// With a table go the triggers of its foreign keys on the tables that they reference, and with CASCADE those that
    /// reference it.
    private void table(QualifiedName table) {
        effects.drop(table);
        model.find(table).stream()
                .flatMap(relation -> relation.constraints().values().stream())
                .flatMap(constraint -> constraint.references().stream())
                .forEach(references -> effects.lock(references, ACCESS_EXCLUSIVE));
        model.referencing(table).forEach(referencing -> effects.lock(referencing.name(), ACCESS_EXCLUSIVE));
        model.find(table).flatMap(RelationModel::table).ifPresent(parent -> effects.lock(parent, ACCESS_EXCLUSIVE));
        model.below(table).stream()
                .filter(child -> child.kind() == ObjectKind.TABLE)
                .forEach(partition -> effects.drop(partition.name()));
    }

    private void allIn(String schema) {
        model.all().stream()
                .filter(relation -> relation.name().schema().equals(schema))
                .forEach(relation -> effects.drop(relation.name()));
    }
}
