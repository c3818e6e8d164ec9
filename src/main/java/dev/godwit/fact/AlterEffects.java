package dev.godwit.fact;

import static dev.godwit.postgres.LockMode.ACCESS_EXCLUSIVE;

import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import dev.godwit.statement.TypeName;
import java.util.Comparator;
import java.util.Optional;

/// The locks and the work of ALTER TABLE, action by action.
///
/// Source: `AlterTableGetLockLevel` and the `ATExec…` functions of tablecmds.c.
final class AlterEffects {
    private final SchemaModel model;
    private final PostgresVersion version;
    private final Effects effects;
    private final AlterReach reach;
    private final AlterOthers others;

    AlterEffects(SchemaModel model, PostgresVersion version, Effects effects) {
        this.model = model;
        this.version = version;
        this.effects = effects;
        this.reach = new AlterReach(model, version);
        this.others = new AlterOthers(model, version, effects);
    }

    void alter(Statement.AlterTable alter) {
        if (alter.kind() == ObjectKind.TYPE) {
            typedTables(alter);
        }
        if (!alter.kind().isRelation() || model.isMissing(alter)) {
            return;
        }
        RelationModel whole = model.get(alter.name(), alter.kind());
        RelationModel table = withoutDropped(whole, alter);
        LockMode strongest = strongest(alter);
        for (AlterAction action : alter.actions()) {
            ActionFacts facts = action(table, action);
            effects.action(facts);
            effects.lock(alter.name(), facts.lock());
            others.lock(whole, action);
            work(table, facts);
            RelationModel seen = action instanceof AlterAction.DropConstraint ? whole : table;
            reach.of(seen, action, alter.only()).forEach(child -> below(child, action, strongest));
            reach.indexed(table, action).forEach(child -> below(child, action, AlterReach.ofIndexBuild()));
        }
    }

    private static LockMode strongest(Statement.AlterTable alter) {
        return alter.actions().stream()
                .map(AlterLocks::of)
                .max(Comparator.naturalOrder())
                .orElse(ACCESS_EXCLUSIVE);
    }

    private void below(QualifiedName child, AlterAction action, LockMode lock) {
        RelationModel relation = model.get(child, ObjectKind.TABLE);
        effects.lock(child, lock);
        work(relation, action(relation, action));
        others.lockBelow(relation, action);
    }

    private void work(RelationModel table, ActionFacts facts) {
        if (facts.certain() && !table.partitioned()) {
            effects.work(table.name(), facts.work());
        }
    }

    /// `CREATE TABLE … OF` a composite type follows it.
    private void typedTables(Statement.AlterTable alter) {
        for (RelationModel typed : model.usersOf(alter.name())) {
            effects.lock(typed.name(), ACCESS_EXCLUSIVE);
            if (alter.actions().stream().anyMatch(AlterAction.AlterType.class::isInstance)) {
                effects.work(typed.name(), Work.REWRITE);
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

    private ActionFacts action(RelationModel table, AlterAction action) {
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
            case AlterAction.AddColumn add ->
                table.column(add.column().name()).isPresent() ? Work.CATALOG : new ColumnWork(model).of(add.column());
            case AlterAction.AddConstraint add -> constraintWork(table, add.constraint());
            case AlterAction.SetNotNull set -> table.holdsNoNull(set.column()) ? Work.CATALOG : Work.SCAN;
            case AlterAction.ValidateConstraint validate ->
                table.constraint(validate.constraint())
                                .map(ConstraintModel::validated)
                                .orElse(false)
                        ? Work.CATALOG
                        : Work.SCAN;
            case AlterAction.Simple simple -> alreadySo(table, simple) ? Work.CATALOG : AlterLocks.work(simple.kind());
            default -> Work.CATALOG;
        };
    }

    /// Known only of a table that this release or a catalog has told of.
    private static boolean alreadySo(RelationModel table, AlterAction.Simple simple) {
        String value = simple.column().orElse("");
        return switch (simple.kind()) {
            case SET_LOGGED -> table.origin() == Origin.RELEASE && !table.has(Trait.UNLOGGED);
            case SET_UNLOGGED -> table.has(Trait.UNLOGGED);
            case SET_ACCESS_METHOD -> table.origin() == Origin.RELEASE && value.equals("heap");
            case SET_TABLESPACE -> table.origin() == Origin.RELEASE && value.equals("pg_default");
            default -> false;
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
        Optional<TypeName> from = table.column(change.column()).flatMap(ColumnModel::type);
        TypeChange verdict = new DomainTypes(model).change(from, change.type(), change.using(), change.column());
        return switch (verdict) {
            case FREE -> free(table, from, change, lock);
            case REWRITE -> ActionFacts.certain(change, lock, Work.REWRITE);
            case UNKNOWN -> new ActionFacts(change, lock, Work.REWRITE, false);
        };
    }

    /// An index stays as it is only where the new type sorts as the old one did: by the same operator class and the
    /// same collation, of which no more is known than that another one may be named.
    ///
    /// Source: `CheckIndexCompatible` in indexcmds.c.
    private ActionFacts free(
            RelationModel table, Optional<TypeName> from, AlterAction.AlterType change, LockMode lock) {
        DomainTypes domains = new DomainTypes(model);
        boolean indexed = model.indexesOf(table.name()).stream()
                .anyMatch(index -> index.columns().containsKey(change.column()));
        boolean resorted = !from.map(domains::base)
                .map(present -> TypeChange.sortsAlike(present, domains.base(change.type())))
                .orElse(true);
        if (indexed && (resorted || change.collation())) {
            return new ActionFacts(change, lock, Work.INDEX_BUILD, resorted);
        }
        return ActionFacts.certain(change, lock, hasCheckOn(table, change.column()) ? Work.SCAN : Work.CATALOG);
    }

    /// Such a CHECK is made anew with the new type, and so every row is checked again.
    private static boolean hasCheckOn(RelationModel table, String column) {
        return table.constraints().values().stream()
                .anyMatch(constraint -> constraint.kind() == ConstraintModel.Kind.CHECK
                        && constraint.columns().contains(column));
    }
}
