package dev.godwit.fact;

import static dev.godwit.postgres.LockMode.ACCESS_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.ACCESS_SHARE;
import static dev.godwit.postgres.LockMode.EXCLUSIVE;
import static dev.godwit.postgres.LockMode.SHARE;
import static dev.godwit.postgres.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.godwit.postgres.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import dev.godwit.statement.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The locks and the work of one statement.
///
/// Source: the commands of PostgreSQL 13 to 18 under `src/backend/commands`; `LockProofTest` compares with `pg_locks`.
final class StatementEffects {
    private final SchemaModel model;
    private final PostgresVersion version;
    private final Effects effects;

    StatementEffects(SchemaModel model, PostgresVersion version) {
        this(model, version, new Effects());
    }

    StatementEffects(SchemaModel model, PostgresVersion version, Effects effects) {
        this.model = model;
        this.version = version;
        this.effects = effects;
    }

    Effects of(Statement statement) {
        switch (statement) {
            case Statement.CreateTable create -> createTable(create);
            case Statement.CreateTableAs create -> {
                effects.create(create.name());
                effects.access(create.access());
            }
            case Statement.CreateView create -> createView(create);
            case Statement.CreateIndex index -> createIndex(index);
            case Statement.AlterTable alter -> new AlterEffects(model, version, effects).alter(alter);
            case Statement.DropObjects drop -> new DropEffects(model, effects).drop(drop);
            case Statement.Rename rename -> rename(rename);
            case Statement.SetSchema move -> setSchema(move);
            case Statement.CreateSchema schema -> schema.elements().forEach(this::of);
            case Statement.CreateTrigger trigger -> createTrigger(trigger);
            case Statement.TableAttachment attachment -> effects.lock(attachment.table(), ACCESS_EXCLUSIVE);
            case Statement.CreateStatistics statistics -> effects.lockAll(statistics.tables(), SHARE_UPDATE_EXCLUSIVE);
            case Statement.Sequence sequence -> sequence(sequence);
            case Statement.Comment comment -> comment(comment);
            case Statement.AlterDomain domain -> alterDomain(domain);
            case Statement.Publication publication -> publication(publication);
            default -> ofRows(statement);
        }
        return effects;
    }

    private void ofRows(Statement statement) {
        switch (statement) {
            case Statement.InsertRows insert -> effects.access(insert.access());
            case Statement.UpdateRows update -> effects.access(update.access());
            case Statement.DeleteRows delete -> effects.access(delete.access());
            case Statement.MergeRows merge -> effects.access(merge.access());
            case Statement.Select select -> {
                effects.access(select.access());
                new RoutineEffects(model, version, effects).called(select.outputs());
            }
            case Statement.CodeBlock block -> new RoutineEffects(model, version, effects).run(block.routine());
            case Statement.CallProcedure call ->
                new RoutineEffects(model, version, effects)
                        .called(call.procedure().name());
            case Statement.CopyRows copy -> effects.access(copy.access());
            case Statement.LockTable lock -> lock.tables().forEach(table -> lockTable(lock, table));
            case Statement.Truncate truncate -> truncate(truncate);
            case Statement.RefreshView refresh -> refresh(refresh);
            case Statement.Maintenance maintenance -> maintenance(maintenance);
            case Statement.Reindex reindex -> reindex(reindex);
            case Statement.Cluster cluster -> cluster.table().ifPresent(this::rewriteExclusively);
            default -> {}
        }
    }

    /// The parent of a new partition gets a new set of partitions, which nobody may be reading meanwhile.
    private void createTable(Statement.CreateTable create) {
        if (create.ifNotExists() && model.knows(create.name())) {
            return;
        }
        effects.create(create.name());
        create.partitionOf().ifPresent(this::createPartition);
        effects.lockAll(create.parents(), SHARE_UPDATE_EXCLUSIVE);
        effects.lockAll(create.likes(), ACCESS_SHARE);
        Stream.concat(
                        create.constraints().stream(),
                        create.columns().stream().flatMap(column -> column.constraints().stream()))
                .filter(Constraint.ForeignKey.class::isInstance)
                .map(key -> ((Constraint.ForeignKey) key).references())
                .filter(references -> !references.equals(create.name()))
                .forEach(references -> withPartitions(references, SHARE_ROW_EXCLUSIVE));
    }

    /// The default partition must hold nothing that the new one is for; the foreign keys of the parent are its own.
    private void createPartition(QualifiedName parent) {
        effects.lock(parent, ACCESS_EXCLUSIVE);
        model.defaultPartition(parent).ifPresent(rest -> {
            withPartitions(rest.name(), ACCESS_EXCLUSIVE);
            effects.work(rest.name(), Work.SCAN);
        });
        model.get(parent, ObjectKind.TABLE).constraints().values().stream()
                .flatMap(constraint -> constraint.references().stream())
                .forEach(references -> withPartitions(references, SHARE_ROW_EXCLUSIVE));
        if (version.atLeast(15)) {
            model.referencing(parent).forEach(other -> effects.lock(other.name(), SHARE_ROW_EXCLUSIVE));
        }
    }

    private void withPartitions(QualifiedName table, LockMode mode) {
        new AlterReach(model, version).withPartitions(table).forEach(one -> effects.lock(one, mode));
    }

    private void createTrigger(Statement.CreateTrigger trigger) {
        if (trigger.row()) {
            withPartitions(trigger.table(), SHARE_ROW_EXCLUSIVE);
        } else {
            effects.lock(trigger.table(), SHARE_ROW_EXCLUSIVE);
        }
    }

    private void publication(Statement.Publication publication) {
        for (QualifiedName table : publication.tables()) {
            effects.lock(table, SHARE_UPDATE_EXCLUSIVE);
            if (!model.get(table, ObjectKind.TABLE).partitioned()) {
                model.descendants(table).forEach(child -> effects.lock(child.name(), SHARE_UPDATE_EXCLUSIVE));
            }
        }
        if (publication.change() == Statement.PublicationChange.SET) {
            effects.lockAll(model.publications().getOrDefault(publication.name(), List.of()), SHARE_UPDATE_EXCLUSIVE);
        }
    }

    private void setSchema(Statement.SetSchema move) {
        onRelation(move.kind(), move.relation(), ACCESS_EXCLUSIVE);
        ownedSequences(move.relation());
    }

    private void ownedSequences(QualifiedName table) {
        model.usersOf(table).stream()
                .filter(user -> user.kind() == ObjectKind.SEQUENCE)
                .forEach(sequence -> effects.lock(sequence.name(), ACCESS_EXCLUSIVE));
    }

    /// A view's lock is also one on all that it reads.
    private void lockTable(Statement.LockTable lock, QualifiedName table) {
        effects.lock(table, lock.mode());
        RelationModel relation = model.get(table, ObjectKind.TABLE);
        if (relation.kind() == ObjectKind.VIEW) {
            relation.uses().columns().keySet().forEach(read -> lockTable(lock, read));
        } else if (!lock.only().contains(table)) {
            model.descendants(table).forEach(child -> effects.lock(child.name(), lock.mode()));
        }
    }

    private void createView(Statement.CreateView create) {
        effects.access(create.access());
        if (create.replace() && model.knows(create.name())) {
            effects.lock(create.name(), ACCESS_EXCLUSIVE);
        } else {
            effects.create(create.name());
        }
    }

    private void createIndex(Statement.CreateIndex index) {
        effects.lock(index.table(), index.concurrently() ? SHARE_UPDATE_EXCLUSIVE : SHARE);
        effects.work(index.table(), index.only() ? Work.CATALOG : Work.INDEX_BUILD);
        effects.create(new QualifiedName(index.table().schema(), ConstraintNames.index(index)));
        if (!index.only()) {
            withPartitions(index.table(), SHARE);
        }
    }

    private void rename(Statement.Rename rename) {
        boolean index = rename.kind() == ObjectKind.INDEX;
        onRelation(rename.kind(), rename.relation(), index ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE);
        switch (rename.kind()) {
            case COLUMN -> below(rename.relation());
            case ATTRIBUTE ->
                model.usersOf(rename.relation()).stream()
                        .filter(RelationModel::isTable)
                        .forEach(typed -> effects.lock(typed.name(), ACCESS_EXCLUSIVE));
            case TABLE_CONSTRAINT -> {
                if (inherits(rename)) {
                    below(rename.relation());
                }
            }
            case TRIGGER -> {
                if (version.atLeast(15)) {
                    withPartitions(rename.relation(), ACCESS_EXCLUSIVE);
                }
            }
            default -> {}
        }
    }

    private void below(QualifiedName table) {
        model.descendants(table).forEach(child -> effects.lock(child.name(), ACCESS_EXCLUSIVE));
    }

    private boolean inherits(Statement.Rename rename) {
        return model.find(rename.relation())
                .flatMap(table -> rename.member().flatMap(table::constraint))
                .filter(ConstraintModel::inherits)
                .isPresent();
    }

    private void onRelation(ObjectKind kind, QualifiedName relation, LockMode mode) {
        if (kind.isRelation() || kind.isMember()) {
            effects.lock(relation, mode);
        }
    }

    private void sequence(Statement.Sequence sequence) {
        if (sequence.create()) {
            effects.create(sequence.name());
        } else {
            effects.lock(sequence.name(), SHARE_ROW_EXCLUSIVE);
        }
        sequence.ownedBy().ifPresent(table -> effects.lock(table, ACCESS_SHARE));
    }

    private void comment(Statement.Comment comment) {
        if (comment.kind().isRelation() || comment.kind() == ObjectKind.COLUMN) {
            effects.lock(comment.relation(), SHARE_UPDATE_EXCLUSIVE);
        } else if (comment.kind().isMember()) {
            effects.lock(comment.relation(), ACCESS_SHARE);
        }
    }

    /// A domain's new constraint is checked in every table that has a column of it, or of a domain made of it.
    private void alterDomain(Statement.AlterDomain domain) {
        if (!domain.validates()) {
            return;
        }
        for (RelationModel relation : model.all()) {
            if (holds(relation, domain.name())) {
                effects.lock(relation.name(), SHARE);
                effects.work(relation.name(), Work.SCAN);
            }
        }
    }

    /// A materialized view holds what it selects, as far as its columns are those of a table.
    private boolean holds(RelationModel relation, QualifiedName domain) {
        if (relation.kind() == ObjectKind.MATERIALIZED_VIEW) {
            return relation.uses().columns().entrySet().stream()
                    .anyMatch(read -> model.get(read.getKey(), ObjectKind.TABLE).columns().values().stream()
                            .filter(column -> relation.uses().reads(read.getKey(), column.name()))
                            .anyMatch(column -> isOf(column, domain)));
        }
        return relation.isTable()
                && !relation.partitioned()
                && relation.columns().values().stream().anyMatch(column -> isOf(column, domain));
    }

    private boolean isOf(ColumnModel column, QualifiedName domain) {
        Optional<TypeName> type = column.type();
        while (type.isPresent() && !Dropped.isOf(type.get(), domain)) {
            type = model.domainOf(type.get()).map(DomainModel::base);
        }
        return type.isPresent();
    }

    private void truncate(Statement.Truncate truncate) {
        truncate.tables().forEach(table -> truncate(truncate, table));
    }

    private void truncate(Statement.Truncate truncate, QualifiedName table) {
        if (effects.locksExclusively(table)) {
            return;
        }
        effects.lock(table, ACCESS_EXCLUSIVE);
        if (truncate.restart()) {
            ownedSequences(table);
        }
        if (!truncate.only().contains(table)) {
            model.children(table).forEach(child -> truncate(truncate, child.name()));
        }
        if (truncate.cascade()) {
            truncateReferencing(truncate, table);
        }
    }

    /// Who references a partitioned table references each of its partitions.
    private void truncateReferencing(Statement.Truncate truncate, QualifiedName table) {
        model.referencing(table).forEach(other -> truncate(truncate, other.name()));
        model.find(table)
                .filter(found -> found.has(RelationModel.Trait.PARTITION))
                .flatMap(RelationModel::table)
                .ifPresent(parent -> truncateReferencing(truncate, parent));
    }

    private void refresh(Statement.RefreshView refresh) {
        effects.lock(refresh.view(), refresh.concurrently() ? EXCLUSIVE : ACCESS_EXCLUSIVE);
        if (!refresh.concurrently()) {
            effects.work(refresh.view(), Work.REWRITE);
        }
    }

    private void maintenance(Statement.Maintenance maintenance) {
        if (maintenance.vacuum() && maintenance.full()) {
            maintenance.tables().forEach(this::rewriteExclusively);
        } else {
            effects.lockAll(maintenance.tables(), SHARE_UPDATE_EXCLUSIVE);
            maintenance.tables().stream()
                    .filter(this::maintainsBelow)
                    .flatMap(table -> model.descendants(table).stream())
                    .forEach(child -> effects.lock(child.name(), SHARE_UPDATE_EXCLUSIVE));
        }
    }

    /// Partitions always; the children of plain inheritance from PostgreSQL 18 on.
    private boolean maintainsBelow(QualifiedName table) {
        return version.atLeast(18) || model.get(table, ObjectKind.TABLE).partitioned();
    }

    private void rewriteExclusively(QualifiedName table) {
        effects.lock(table, ACCESS_EXCLUSIVE);
        effects.work(table, Work.REWRITE);
    }

    /// A plain REINDEX lets the table be read, but no plan may use the index meanwhile.
    private void reindex(Statement.Reindex reindex) {
        Optional<QualifiedName> named = reindex.relation();
        if (named.isEmpty()) {
            return;
        }
        boolean index = reindex.kind() == ObjectKind.INDEX;
        Optional<QualifiedName> table = index ? model.find(named.get()).flatMap(RelationModel::table) : named;
        table.ifPresent(found -> {
            effects.lock(found, reindex.concurrently() ? SHARE_UPDATE_EXCLUSIVE : SHARE);
            effects.work(found, Work.INDEX_BUILD);
        });
        LockMode onIndex = reindex.concurrently() ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;
        if (index) {
            effects.lock(named.get(), onIndex);
        } else if (version.atLeast(14)
                || !model.get(named.get(), ObjectKind.TABLE).partitioned()) {
            model.indexesOf(named.get()).forEach(one -> effects.lock(one.name(), onIndex));
        }
    }
}
