package dev.godwit.fact;

import static dev.godwit.postgres.LockMode.ACCESS_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.ACCESS_SHARE;
import static dev.godwit.postgres.LockMode.ROW_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.ROW_SHARE;
import static dev.godwit.postgres.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Expression;
import dev.godwit.statement.ObjectKind;
import java.util.List;
import java.util.Optional;

/// The locks of ALTER TABLE on relations beside its own table: referenced and referencing tables, sequences, parents,
/// partitions.
final class AlterOthers {
    private final SchemaModel model;
    private final PostgresVersion version;
    private final Effects effects;

    AlterOthers(SchemaModel model, PostgresVersion version, Effects effects) {
        this.model = model;
        this.version = version;
        this.effects = effects;
    }

    void lock(RelationModel table, AlterAction action) {
        switch (action) {
            case AlterAction.AddColumn add -> addColumn(table, add);
            case AlterAction.AddConstraint add -> {
                if (add.constraint() instanceof Constraint.ForeignKey key) {
                    withPartitions(key.references(), SHARE_ROW_EXCLUSIVE);
                }
            }
            case AlterAction.ValidateConstraint validate ->
                table.constraint(validate.constraint())
                        .filter(constraint -> !constraint.validated())
                        .flatMap(ConstraintModel::references)
                        .ifPresent(other -> withPartitions(other, ROW_SHARE));
            case AlterAction.DropConstraint drop -> dropConstraint(table, drop);
            case AlterAction.DropColumn drop -> dropColumn(table, drop);
            case AlterAction.AlterType change -> alterType(table, change.column());
            case AlterAction.AttachPartition attach -> attach(table, attach);
            case AlterAction.DetachPartition detach -> detach(table, detach);
            case AlterAction.AddParent add -> effects.lock(add.parent(), SHARE_UPDATE_EXCLUSIVE);
            case AlterAction.DropParent drop -> effects.lock(drop.parent(), ACCESS_SHARE);
            case AlterAction.Simple simple -> simple(table, simple);
            default -> {}
        }
    }

    /// What the same action does beside a partition or child that it reaches.
    void lockBelow(RelationModel child, AlterAction action) {
        switch (action) {
            case AlterAction.AlterType change -> alterType(child, change.column());
            case AlterAction.DropConstraint drop -> dropConstraint(child, drop);
            default -> {}
        }
    }

    private void addColumn(RelationModel table, AlterAction.AddColumn add) {
        if (table.column(add.column().name()).isEmpty()) {
            add.column().defaultValue().ifPresent(this::nextval);
            add.column()
                    .constraint(Constraint.ForeignKey.class)
                    .ifPresent(key -> withPartitions(key.references(), SHARE_ROW_EXCLUSIVE));
        }
    }

    /// The rows that are there take their numbers now.
    private void nextval(Expression value) {
        value.descendants()
                .filter(part ->
                        part instanceof Expression.Call call && call.function().equals("nextval"))
                .flatMap(Expression::descendants)
                .forEach(part -> {
                    if (part instanceof Expression.Constant constant) {
                        constant.text().ifPresent(this::nextOf);
                    }
                });
    }

    private void nextOf(String sequence) {
        model.all().stream()
                .map(RelationModel::name)
                .filter(name -> Dropped.means(sequence, name))
                .toList()
                .forEach(name -> effects.lock(name, ROW_EXCLUSIVE));
    }

    private void withPartitions(QualifiedName table, LockMode mode) {
        new AlterReach(model, version).withPartitions(table).forEach(one -> effects.lock(one, mode));
    }

    private void dropConstraint(RelationModel table, AlterAction.DropConstraint drop) {
        Optional<ConstraintModel> constraint = table.constraint(drop.constraint());
        constraint.flatMap(ConstraintModel::references).ifPresent(other -> withPartitions(other, ACCESS_EXCLUSIVE));
        if (drop.cascade() && constraint.filter(ConstraintModel::isKey).isPresent()) {
            referencingKey(table, constraint.get());
        }
    }

    private void referencingKey(RelationModel table, ConstraintModel key) {
        boolean primary = key.kind() == ConstraintModel.Kind.PRIMARY_KEY;
        for (RelationModel other : model.referencing(table.name())) {
            boolean means = other.constraints().values().stream()
                    .filter(constraint -> constraint.references(table.name()))
                    .map(ConstraintModel::referencedColumns)
                    .anyMatch(columns -> columns.isEmpty() ? primary : columns.equals(key.columns()));
            if (means) {
                effects.lock(other.name(), ACCESS_EXCLUSIVE);
            }
        }
    }

    private void dropColumn(RelationModel table, AlterAction.DropColumn drop) {
        if (drop.missingOk() && table.column(drop.column()).isEmpty()) {
            return;
        }
        Dropped dropped = new Dropped(model, drop.cascade());
        dropped.column(table.name(), drop.column());
        new DropEffects(model, effects).apply(dropped);
    }

    /// Foreign keys of and to the column are made anew; its own sequence follows its type.
    private void alterType(RelationModel table, String column) {
        table.constraints().values().stream()
                .filter(constraint -> constraint.columns().contains(column))
                .flatMap(constraint -> constraint.references().stream())
                .forEach(other -> withPartitions(other, ACCESS_EXCLUSIVE));
        model.referencing(table, column).forEach(other -> effects.lock(other.name(), ACCESS_EXCLUSIVE));
        if (table.column(column).map(ColumnModel::identity).orElse(false)) {
            sequences(table, column, SHARE_ROW_EXCLUSIVE);
        }
    }

    private void sequences(RelationModel table, String column, LockMode mode) {
        model.usersOf(table.name()).stream()
                .filter(user ->
                        user.kind() == ObjectKind.SEQUENCE && user.uses().reads(table.name(), column))
                .forEach(sequence -> effects.lock(sequence.name(), mode));
    }

    private void attach(RelationModel table, AlterAction.AttachPartition attach) {
        if (!table.isTable()) {
            effects.lock(attach.partition(), ACCESS_EXCLUSIVE);
            return;
        }
        withPartitions(attach.partition(), ACCESS_EXCLUSIVE);
        RelationModel partition = model.get(attach.partition(), ObjectKind.TABLE);
        if (!new PartitionProof(partition, attach.bound()).holds()) {
            effects.work(attach.partition(), Work.SCAN);
        }
        model.defaultPartition(table.name()).ifPresent(rest -> {
            withPartitions(rest.name(), ACCESS_EXCLUSIVE);
            if (!new PartitionProof(rest, attach.bound()).speaksOfBound()) {
                effects.work(rest.name(), Work.SCAN);
            }
        });
        table.constraints().values().stream()
                .flatMap(constraint -> constraint.references().stream())
                .forEach(other -> withPartitions(other, SHARE_ROW_EXCLUSIVE));
        if (version.atLeast(15)) {
            model.referencing(table.name()).forEach(other -> effects.lock(other.name(), SHARE_ROW_EXCLUSIVE));
        }
    }

    private void detach(RelationModel table, AlterAction.DetachPartition detach) {
        List<RelationModel> referencing = model.referencing(table.name());
        boolean triggers = model.triggers().stream()
                .anyMatch(trigger -> trigger.row() && trigger.table().equals(table.name()));
        boolean exclusive = version.atLeast(14) || triggers || !referencing.isEmpty();
        LockMode mode = exclusive ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE;
        referencing.forEach(other -> effects.lock(other.name(), ACCESS_EXCLUSIVE));
        withPartitions(detach.partition(), mode);
        table.constraints().values().stream()
                .flatMap(constraint -> constraint.references().stream())
                .forEach(other -> withPartitions(other, SHARE_ROW_EXCLUSIVE));
        if (!detach.concurrently()) {
            if (!version.atLeast(14)) {
                model.indexesOf(detach.partition()).stream()
                        .filter(index -> index.has(Trait.PARTITION))
                        .forEach(index -> effects.lock(index.name(), ACCESS_EXCLUSIVE));
            }
            model.defaultPartition(table.name()).ifPresent(rest -> effects.lock(rest.name(), ACCESS_EXCLUSIVE));
        }
    }

    private void simple(RelationModel table, AlterAction.Simple simple) {
        switch (simple.kind()) {
            case CHANGE_IDENTITY -> simple.column().ifPresent(column -> sequences(table, column, SHARE_ROW_EXCLUSIVE));
            case DROP_IDENTITY -> simple.column().ifPresent(column -> sequences(table, column, ACCESS_EXCLUSIVE));
            case SET_LOGGED, SET_UNLOGGED -> {
                if (version.atLeast(15)
                        && table.has(Trait.UNLOGGED) == (simple.kind() == AlterAction.Kind.SET_LOGGED)) {
                    model.usersOf(table.name()).stream()
                            .filter(user -> user.kind() == ObjectKind.SEQUENCE)
                            .forEach(sequence -> effects.lock(sequence.name(), ACCESS_EXCLUSIVE));
                }
            }
            default -> {}
        }
    }
}
