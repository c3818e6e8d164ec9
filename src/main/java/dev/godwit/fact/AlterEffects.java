package dev.godwit.fact;

import static dev.godwit.postgres.LockMode.ACCESS_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.ACCESS_SHARE;
import static dev.godwit.postgres.LockMode.ROW_SHARE;
import static dev.godwit.postgres.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.Optional;

/// The locks and the work of ALTER TABLE, action by action.
///
/// Source: `AlterTableGetLockLevel` and the `ATExec…` functions of tablecmds.c.
final class AlterEffects {
    private final SchemaModel model;
    private final PostgresVersion version;
    private final Effects effects;

    AlterEffects(SchemaModel model, PostgresVersion version, Effects effects) {
        this.model = model;
        this.version = version;
        this.effects = effects;
    }

    void alter(Statement.AlterTable alter) {
        if (!alter.kind().isRelation() || (alter.missingOk() && model.isGone(alter.name()))) {
            return;
        }
        RelationModel table = withoutDropped(model.get(alter.name(), alter.kind()), alter);
        for (AlterAction action : alter.actions()) {
            ActionFacts facts = action(table, action);
            effects.action(facts);
            effects.lock(alter.name(), facts.lock());
            lockPartitions(table, facts);
            if (facts.certain() && !table.partitioned()) {
                effects.work(alter.name(), facts.work());
            }
        }
    }

    /// Whatever their order in the text, DROP CONSTRAINT comes first: a CHECK that is dropped proves nothing to the SET
    /// NOT NULL beside it.
    private static RelationModel withoutDropped(RelationModel table, Statement.AlterTable alter) {
        RelationModel left = table;
        for (AlterAction action : alter.actions()) {
            if (action instanceof AlterAction.DropConstraint drop) {
                left = left.withoutConstraint(drop.constraint());
            }
        }
        return left;
    }

    private void lockPartitions(RelationModel table, ActionFacts facts) {
        if (!AlterLocks.reachesPartitions(facts.action())) {
            return;
        }
        model.below(table.name()).stream()
                .filter(child -> child.kind() == ObjectKind.TABLE)
                .forEach(partition -> {
                    effects.lock(partition.name(), facts.lock());
                    if (facts.certain()) {
                        effects.work(partition.name(), facts.work());
                    }
                });
    }

    private ActionFacts action(RelationModel table, AlterAction action) {
        lockOthers(model.get(table.name(), table.kind()), action);
        LockMode lock = AlterLocks.of(action);
        return switch (action) {
            case AlterAction.AlterType change -> changeType(table, change, lock);
            case AlterAction.SetExpression change -> new ActionFacts(change, lock, Work.REWRITE, !version.atLeast(18));
            case AlterAction.AddConstraint add
            when add.constraint() instanceof Constraint.Key key -> addKey(table, add, key, lock);
            default -> ActionFacts.certain(action, lock, work(table, action));
        };
    }

    private Work work(RelationModel table, AlterAction action) {
        return switch (action) {
            case AlterAction.AddColumn add -> new ColumnWork(model).of(add.column());
            case AlterAction.AddConstraint add -> constraintWork(table, add.constraint());
            case AlterAction.SetNotNull set -> table.holdsNoNull(set.column()) ? Work.CATALOG : Work.SCAN;
            case AlterAction.ValidateConstraint validate ->
                table.constraint(validate.constraint())
                                .map(ConstraintModel::validated)
                                .orElse(false)
                        ? Work.CATALOG
                        : Work.SCAN;
            case AlterAction.Simple simple -> AlterLocks.work(simple.kind());
            default -> Work.CATALOG;
        };
    }

    private static Work constraintWork(RelationModel table, Constraint constraint) {
        return switch (constraint) {
            case Constraint.Check check -> check.validated() ? Work.SCAN : Work.CATALOG;
            case Constraint.ForeignKey key -> key.validated() ? Work.SCAN : Work.CATALOG;
            case Constraint.NotNull notNull ->
                notNull.validated() && !table.holdsNoNull(notNull.column()) ? Work.SCAN : Work.CATALOG;
            case Constraint.Key _, Constraint.Exclusion _ -> Work.INDEX_BUILD;
        };
    }

    /// PRIMARY KEY USING INDEX reads the table for NULLs unless its columns are NOT NULL; which columns the index has
    /// is
    /// known only when this release or a catalog told.
    private ActionFacts addKey(RelationModel table, AlterAction action, Constraint.Key key, LockMode lock) {
        if (key.usingIndex().isEmpty()) {
            return ActionFacts.certain(action, lock, Work.INDEX_BUILD);
        }
        if (!key.primary()) {
            return ActionFacts.certain(action, lock, Work.CATALOG);
        }
        Optional<RelationModel> index = model.find(
                new QualifiedName(table.name().schema(), key.usingIndex().get()));
        if (index.isEmpty() || index.get().columns().isEmpty()) {
            return new ActionFacts(action, lock, Work.SCAN, false);
        }
        boolean proved = index.get().columns().keySet().stream().allMatch(table::holdsNoNull);
        return ActionFacts.certain(action, lock, proved ? Work.CATALOG : Work.SCAN);
    }

    private ActionFacts changeType(RelationModel table, AlterAction.AlterType change, LockMode lock) {
        Optional<ColumnModel> column = table.column(change.column());
        TypeChange verdict = TypeChange.of(
                column.flatMap(ColumnModel::type), change.type(), change.using(), change.column(), model.utc());
        return switch (verdict) {
            case FREE ->
                ActionFacts.certain(change, lock, hasCheckOn(table, change.column()) ? Work.SCAN : Work.CATALOG);
            case REWRITE -> ActionFacts.certain(change, lock, Work.REWRITE);
            case UNKNOWN -> new ActionFacts(change, lock, Work.REWRITE, false);
        };
    }

    /// Such a CHECK is made anew with the new type, and so every row is checked again.
    private static boolean hasCheckOn(RelationModel table, String column) {
        return table.constraints().values().stream()
                .anyMatch(constraint -> constraint.kind() == ConstraintModel.Kind.CHECK
                        && constraint.columns().contains(column));
    }

    private void lockOthers(RelationModel table, AlterAction action) {
        switch (action) {
            case AlterAction.AddColumn add ->
                add.column()
                        .constraint(Constraint.ForeignKey.class)
                        .ifPresent(key -> effects.lock(key.references(), SHARE_ROW_EXCLUSIVE));
            case AlterAction.AddConstraint add -> {
                if (add.constraint() instanceof Constraint.ForeignKey key) {
                    effects.lock(key.references(), SHARE_ROW_EXCLUSIVE);
                }
            }
            case AlterAction.ValidateConstraint validate ->
                lockReferenced(table.constraint(validate.constraint()), ROW_SHARE);
            case AlterAction.DropConstraint drop -> dropConstraint(table, drop);
            case AlterAction.DropColumn drop -> lockKeysOf(table, drop.column());
            case AlterAction.AlterType change -> {
                lockKeysOf(table, change.column());
                lockReferencing(table, change.column());
            }
            case AlterAction.AttachPartition attach -> {
                effects.lock(attach.partition(), ACCESS_EXCLUSIVE);
                effects.work(attach.partition(), Work.SCAN);
            }
            case AlterAction.DetachPartition detach ->
                effects.lock(detach.partition(), version.atLeast(14) ? ACCESS_EXCLUSIVE : SHARE_UPDATE_EXCLUSIVE);
            case AlterAction.AddParent add -> effects.lock(add.parent(), SHARE_UPDATE_EXCLUSIVE);
            case AlterAction.DropParent drop -> effects.lock(drop.parent(), ACCESS_SHARE);
            default -> {}
        }
    }

    private void lockReferenced(Optional<ConstraintModel> constraint, LockMode mode) {
        constraint.flatMap(ConstraintModel::references).ifPresent(other -> effects.lock(other, mode));
    }

    private void dropConstraint(RelationModel table, AlterAction.DropConstraint drop) {
        Optional<ConstraintModel> constraint = table.constraint(drop.constraint());
        lockReferenced(constraint, ACCESS_EXCLUSIVE);
        if (drop.cascade() && constraint.filter(ConstraintModel::isKey).isPresent()) {
            model.referencing(table.name()).forEach(other -> effects.lock(other.name(), ACCESS_EXCLUSIVE));
        }
    }

    /// A foreign key that reads the column goes, or is made anew: its triggers are on the other table too.
    private void lockKeysOf(RelationModel table, String column) {
        table.constraints().values().stream()
                .filter(constraint -> constraint.columns().contains(column))
                .flatMap(constraint -> constraint.references().stream())
                .forEach(other -> effects.lock(other, ACCESS_EXCLUSIVE));
    }

    /// The foreign keys of others to a column whose type changes are made anew as well.
    private void lockReferencing(RelationModel table, String column) {
        boolean primary = table.constraints().values().stream()
                .anyMatch(constraint -> constraint.kind() == ConstraintModel.Kind.PRIMARY_KEY
                        && constraint.columns().contains(column));
        for (RelationModel other : model.referencing(table.name())) {
            boolean means = other.constraints().values().stream()
                    .filter(constraint ->
                            constraint.references().filter(table.name()::equals).isPresent())
                    .map(ConstraintModel::referencedColumns)
                    .anyMatch(columns -> columns.isEmpty() ? primary : columns.contains(column));
            if (means) {
                effects.lock(other.name(), ACCESS_EXCLUSIVE);
            }
        }
    }
}
