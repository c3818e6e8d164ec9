package dev.godwit.fact;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
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
        if (alter.kind().isRelation() && !(alter.missingOk() && model.isGone(alter.name()))) {
            model.put(model.get(alter.name(), alter.kind()));
            alter.actions().forEach(action -> apply(alter.name(), action));
        }
    }

    private void apply(QualifiedName table, AlterAction action) {
        switch (action) {
            case AlterAction.AddColumn add -> addColumn(table, add.column());
            case AlterAction.DropColumn drop -> model.change(table, found -> found.withoutColumn(drop.column()));
            case AlterAction.AlterType change -> column(table, change.column(), found -> found.withType(change.type()));
            case AlterAction.SetNotNull set -> column(table, set.column(), found -> found.withNotNull(true));
            case AlterAction.DropNotNull drop -> column(table, drop.column(), found -> found.withNotNull(false));
            case AlterAction.AddConstraint add -> constraints.add(table, add.constraint());
            case AlterAction.ValidateConstraint validate -> constraints.validate(table, validate.constraint());
            case AlterAction.DropConstraint drop ->
                model.change(table, found -> found.withoutConstraint(drop.constraint()));
            case AlterAction.AttachPartition attach ->
                model.put(model.get(attach.partition(), ObjectKind.TABLE).under(table));
            case AlterAction.DetachPartition detach -> model.change(detach.partition(), RelationModel::alone);
            case AlterAction.AddParent add -> model.change(table, found -> found.under(add.parent()));
            case AlterAction.DropParent _ -> model.change(table, RelationModel::alone);
            default -> {}
        }
    }

    private void addColumn(QualifiedName table, ColumnDefinition column) {
        model.change(table, found -> found.withColumn(ModelUpdate.column(column)));
        column.constraints().forEach(constraint -> constraints.add(table, constraint));
    }

    private void column(QualifiedName table, String column, UnaryOperator<ColumnModel> change) {
        model.change(table, found -> found.changing(column, change));
    }
}
