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
import java.util.Optional;
import java.util.stream.Stream;

/// The locks and the work of one statement.
///
/// Source: the commands of PostgreSQL 13 to 18 under `src/backend/commands`; `LockProofTest` compares with `pg_locks`.
final class StatementEffects {
    private final SchemaModel model;
    private final PostgresVersion version;
    private final Effects effects = new Effects();

    StatementEffects(SchemaModel model, PostgresVersion version) {
        this.model = model;
        this.version = version;
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
            case Statement.SetSchema move -> onRelation(move.kind(), move.relation(), ACCESS_EXCLUSIVE);
            case Statement.CreateSchema schema -> schema.elements().forEach(this::of);
            case Statement.CreateTrigger trigger -> effects.lock(trigger.table(), SHARE_ROW_EXCLUSIVE);
            case Statement.TableAttachment attachment -> effects.lock(attachment.table(), ACCESS_EXCLUSIVE);
            case Statement.CreateStatistics statistics -> effects.lockAll(statistics.tables(), SHARE_UPDATE_EXCLUSIVE);
            case Statement.Sequence sequence -> sequence(sequence);
            case Statement.Comment comment -> comment(comment);
            case Statement.AlterDomain domain -> alterDomain(domain);
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
            case Statement.Select select -> effects.access(select.access());
            case Statement.CopyRows copy -> effects.access(copy.access());
            case Statement.LockTable lock -> effects.lockAll(lock.tables(), lock.mode());
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
        create.partitionOf().ifPresent(parent -> effects.lock(parent, ACCESS_EXCLUSIVE));
        effects.lockAll(create.parents(), SHARE_UPDATE_EXCLUSIVE);
        effects.lockAll(create.likes(), ACCESS_SHARE);
        Stream.concat(
                        create.constraints().stream(),
                        create.columns().stream().flatMap(column -> column.constraints().stream()))
                .filter(Constraint.ForeignKey.class::isInstance)
                .map(key -> ((Constraint.ForeignKey) key).references())
                .filter(references -> !references.equals(create.name()))
                .forEach(references -> effects.lock(references, SHARE_ROW_EXCLUSIVE));
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
            model.below(index.table()).stream()
                    .filter(child -> child.kind() == ObjectKind.TABLE)
                    .forEach(partition -> effects.lock(partition.name(), SHARE));
        }
    }

    private void rename(Statement.Rename rename) {
        boolean index = rename.kind() == ObjectKind.INDEX;
        onRelation(rename.kind(), rename.relation(), index ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE);
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

    /// A domain's new constraint is checked in every table that has a column of it.
    private void alterDomain(Statement.AlterDomain domain) {
        if (!domain.validates()) {
            return;
        }
        for (RelationModel relation : model.all()) {
            if (relation.columns().values().stream().anyMatch(column -> isOf(column, domain.name()))) {
                effects.lock(relation.name(), SHARE);
                effects.work(relation.name(), Work.SCAN);
            }
        }
    }

    private static boolean isOf(ColumnModel column, QualifiedName type) {
        return column.type()
                .filter(found -> found.name().equals(type.name()))
                .filter(found -> found.schema().isEmpty() || found.schema().equals(type.schema()))
                .isPresent();
    }

    private void truncate(Statement.Truncate truncate) {
        effects.lockAll(truncate.tables(), ACCESS_EXCLUSIVE);
        if (truncate.cascade()) {
            truncate.tables().forEach(this::truncateReferencing);
        }
    }

    private void truncateReferencing(QualifiedName table) {
        for (RelationModel referencing : model.referencing(table)) {
            if (effects.locks().stream().noneMatch(lock -> lock.relation().equals(referencing.name()))) {
                effects.lock(referencing.name(), ACCESS_EXCLUSIVE);
                truncateReferencing(referencing.name());
            }
        }
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
        }
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
        if (index) {
            effects.lock(named.get(), reindex.concurrently() ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE);
        }
    }
}
