package dev.godwit.fact;

import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.ColumnDefinition.Generated;
import dev.godwit.statement.ColumnUses;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Leaves in the model what the actions of an ALTER TABLE leave in the database.
final class AlterUpdate {
    private final SchemaModel model;
    private final ConstraintUpdate constraints;

    AlterUpdate(SchemaModel model, ConstraintUpdate constraints) {
        this.model = model;
        this.constraints = constraints;
    }

    void apply(Statement.AlterTable alter) {
        if (alter.kind().isRelation() && !model.isMissing(alter)) {
            model.put(model.get(alter.name(), alter.kind()));
            alter.actions().forEach(action -> apply(alter.name(), action, !alter.only()));
        }
    }

    private void apply(QualifiedName table, AlterAction action, boolean recurse) {
        switch (action) {
            case AlterAction.AddColumn add -> addColumn(table, add);
            case AlterAction.DropColumn drop -> dropColumn(table, drop.column(), recurse);
            case AlterAction.AlterType change -> column(table, change.column(), found -> found.withType(change.type()));
            case AlterAction.SetDefault set ->
                column(table, set.column(), found -> found.withValue(Optional.of(set.value()), Generated.NO));
            case AlterAction.DropDefault drop ->
                column(table, drop.column(), found -> found.withValue(Optional.empty(), Generated.NO));
            case AlterAction.SetNotNull set -> column(table, set.column(), found -> found.withNotNull(true));
            case AlterAction.DropNotNull drop -> column(table, drop.column(), found -> found.withNotNull(false));
            case AlterAction.AddConstraint add -> constraints.add(table, add.constraint(), recurse);
            case AlterAction.ValidateConstraint validate -> constraints.validate(table, validate.constraint());
            case AlterAction.DropConstraint drop -> constraints.drop(table, drop.constraint());
            case AlterAction.AttachPartition attach -> attach(table, attach);
            case AlterAction.DetachPartition detach -> model.change(detach.partition(), it -> it.notUnder(table));
            case AlterAction.AddParent add -> inherit(table, add.parent());
            case AlterAction.DropParent drop -> model.change(table, found -> found.notUnder(drop.parent()));
            case AlterAction.Simple simple -> apply(table, simple);
            default -> {}
        }
    }

    private void apply(QualifiedName table, AlterAction.Simple simple) {
        switch (simple.kind()) {
            case SET_LOGGED -> model.change(table, found -> found.with(Trait.UNLOGGED, false));
            case SET_UNLOGGED -> model.change(table, found -> found.with(Trait.UNLOGGED, true));
            case REPLICA_IDENTITY -> model.change(table, found -> found.with(Trait.REPLICA_IDENTITY, true));
            case ADD_IDENTITY -> simple.column().ifPresent(column -> addIdentity(table, column));
            case DROP_EXPRESSION ->
                simple.column()
                        .ifPresent(
                                name -> column(table, name, found -> found.withValue(Optional.empty(), Generated.NO)));
            default -> {}
        }
    }

    private void addIdentity(QualifiedName table, String column) {
        model.change(table, found -> found.changing(column, it -> it.withIdentity(true)));
        putSequence(model, table, column);
    }

    static void putSequence(SchemaModel model, QualifiedName table, String column) {
        QualifiedName name = new QualifiedName(table.schema(), table.name() + "_" + column + "_seq");
        model.put(RelationModel.of(name, ObjectKind.SEQUENCE, Origin.RELEASE)
                .withUses(ColumnUses.of(table, Set.of(column))));
    }

    /// An index that becomes a part of another, or a table that becomes a partition.
    private void attach(QualifiedName parent, AlterAction.AttachPartition attach) {
        RelationModel above = model.get(parent, ObjectKind.TABLE);
        RelationModel child = model.get(attach.partition(), above.kind());
        model.put(child.under(parent).with(Trait.PARTITION, true).with(Trait.DEFAULT_PARTITION, attach.isDefault()));
        if (above.isTable()) {
            constraints.inheritAll(parent, attach.partition());
        }
    }

    private void inherit(QualifiedName table, QualifiedName parent) {
        model.change(table, found -> found.under(parent));
        constraints.inheritAll(parent, table);
    }

    private void addColumn(QualifiedName table, AlterAction.AddColumn add) {
        ColumnDefinition column = add.column();
        if (add.ifNotExists()
                && model.get(table, ObjectKind.TABLE).column(column.name()).isPresent()) {
            return;
        }
        model.change(table, found -> found.withColumn(ModelUpdate.column(column)));
        if (column.identity() || column.type().isSerial()) {
            putSequence(model, table, column.name());
        }
        for (RelationModel child : model.descendants(table)) {
            if (child.column(column.name()).isEmpty()) {
                model.change(
                        child.name(),
                        found -> found.withColumn(ModelUpdate.column(column).asLocal(false)));
            }
        }
        column.constraints().forEach(constraint -> constraints.add(table, constraint, true));
    }

    private void dropColumn(QualifiedName table, String column, boolean recurse) {
        model.change(table, found -> found.withoutColumn(column));
        model.indexesOf(table).stream()
                .filter(index ->
                        index.uses().reads(table, column) || index.columns().containsKey(column))
                .forEach(index -> model.remove(index.name()));
        for (RelationModel child : model.children(table)) {
            boolean goes = child.column(column).filter(found -> !found.local()).isPresent()
                    && child.parents().stream()
                            .noneMatch(parent -> model.get(parent, ObjectKind.TABLE)
                                    .column(column)
                                    .isPresent());
            if (recurse && goes) {
                dropColumn(child.name(), column, true);
            }
        }
    }

    private void column(QualifiedName table, String column, UnaryOperator<ColumnModel> change) {
        model.change(table, found -> found.changing(column, change));
        model.descendants(table).forEach(child -> model.change(child.name(), found -> found.changing(column, change)));
    }
}
