package dev.godwit.fact;

import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.ColumnUses;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import dev.godwit.statement.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Leaves in the model what a statement leaves in the database.
final class ModelUpdate {
    private final SchemaModel model;
    private final ConstraintUpdate constraints;

    /// @param transaction the number of the statement's transaction in the release
    ModelUpdate(SchemaModel model, int transaction) {
        this.model = model;
        this.constraints = new ConstraintUpdate(model, transaction);
    }

    void apply(Statement statement) {
        switch (statement) {
            case Statement.CreateTable create -> new TableUpdate(model, constraints).create(create);
            case Statement.CreateTableAs create -> created(create.name(), create.kind(), create.uses());
            case Statement.CreateView create -> createView(create);
            case Statement.CreateIndex index -> new IndexUpdate(model).create(index);
            case Statement.AlterTable alter -> new AlterUpdate(model, constraints).apply(alter);
            case Statement.DropObjects drop -> drop(drop);
            case Statement.Rename rename -> rename(rename);
            case Statement.SetSchema move -> move(move);
            case Statement.CreateSchema schema -> {
                model.schemas().put(schema.name(), Origin.RELEASE);
                schema.elements().forEach(this::apply);
            }
            case Statement.Sequence sequence -> sequence(sequence);
            case Statement.CreateFunction function -> {
                model.define(function.name().name(), function.volatility());
                model.routine(function.name().name(), function.routine());
            }
            case Statement.CodeBlock block -> block.routine().statements().forEach(this::apply);
            case Statement.CreateType type -> model.types().put(type.name(), Origin.RELEASE);
            case Statement.CreateDomain domain -> {
                model.types().put(domain.name(), Origin.RELEASE);
                model.domain(new DomainModel(domain.name(), domain.base(), domain.constrained()));
            }
            case Statement.AlterDomain domain -> {
                if (domain.constrains()) {
                    model.domain(domain.name()).ifPresent(found -> model.domain(found.asConstrained()));
                }
            }
            default -> attachments(statement);
        }
    }

    private void attachments(Statement statement) {
        switch (statement) {
            case Statement.CreateTrigger trigger ->
                model.triggers()
                        .add(new TriggerModel(
                                trigger.name(), trigger.table(), trigger.function(), trigger.from(), trigger.row()));
            case Statement.CreateStatistics statistics ->
                statistics.name().ifPresent(name -> model.statistics().put(name, statistics.tables()));
            case Statement.Publication publication -> publication(publication);
            case Statement.SetVariable set -> timeZone(set);
            case Statement.TableAttachment attachment
            when attachment.kind() == ObjectKind.POLICY ->
                model.change(attachment.table(), table -> table.with(Trait.POLICIES, true));
            default -> {}
        }
    }

    private void publication(Statement.Publication publication) {
        List<QualifiedName> before = model.publications().getOrDefault(publication.name(), List.of());
        List<QualifiedName> tables = new ArrayList<>(before);
        switch (publication.change()) {
            case CREATE, SET -> {
                tables.clear();
                tables.addAll(publication.tables());
            }
            case ADD -> tables.addAll(publication.tables());
            case DROP -> tables.removeAll(publication.tables());
            case OPTIONS -> {}
        }
        model.publications().put(publication.name(), tables);
    }

    private void created(QualifiedName name, ObjectKind kind, ColumnUses uses) {
        if (!model.knows(name)) {
            model.put(RelationModel.of(name, kind, Origin.RELEASE).withUses(uses));
        }
    }

    private void createView(Statement.CreateView create) {
        created(create.name(), ObjectKind.VIEW, create.uses());
        model.change(create.name(), view -> view.withUses(create.uses()));
    }

    private void sequence(Statement.Sequence sequence) {
        if (sequence.create()) {
            created(sequence.name(), ObjectKind.SEQUENCE, ColumnUses.NONE);
        }
        if (sequence.ownership()) {
            ColumnUses owner = sequence.ownedBy()
                    .map(table -> ColumnUses.of(table, Set.of(sequence.ownedColumn())))
                    .orElse(ColumnUses.NONE);
            model.change(sequence.name(), found -> found.withUses(owner));
        }
    }

    static ColumnModel column(ColumnDefinition column) {
        return new ColumnModel(
                column.name(),
                Optional.of(storedType(column)),
                column.notNull(),
                Origin.RELEASE,
                column.defaultValue(),
                column.generated(),
                column.identity(),
                true);
    }

    private static TypeName storedType(ColumnDefinition column) {
        if (!column.type().isSerial()) {
            return column.type();
        }
        return TypeName.of(
                switch (column.type().name()) {
                    case "bigserial", "serial8" -> "int8";
                    case "smallserial", "serial2" -> "int2";
                    default -> "int4";
                });
    }

    private void drop(Statement.DropObjects drop) {
        if (drop.kind() == ObjectKind.TRIGGER) {
            model.triggers()
                    .removeIf(trigger -> drop.objects().contains(trigger.table())
                            && drop.members().contains(trigger.name()));
        }
        if (drop.kind() == ObjectKind.DOMAIN || drop.kind() == ObjectKind.TYPE) {
            drop.objects().forEach(model::removeDomain);
        }
        Dropped dropped = Dropped.by(drop, model);
        dropped.relations().forEach(constraints::forgetReferencesTo);
        dropped.relations().forEach(model::remove);
        dropped.columns()
                .forEach((table, columns) ->
                        columns.forEach(column -> model.change(table, found -> found.withoutColumn(column))));
        if (drop.kind() == ObjectKind.SCHEMA) {
            drop.objects().forEach(schema -> model.removeSchema(schema.name()));
        }
    }

    private void rename(Statement.Rename rename) {
        QualifiedName relation = rename.relation();
        String old = rename.member().orElse("");
        switch (rename.kind()) {
            case TABLE, FOREIGN_TABLE, INDEX, VIEW, MATERIALIZED_VIEW, SEQUENCE ->
                model.rename(relation, new QualifiedName(relation.schema(), rename.newName()));
            case COLUMN -> {
                renameColumn(relation, old, rename.newName());
                model.descendants(relation).forEach(child -> renameColumn(child.name(), old, rename.newName()));
            }
            case TABLE_CONSTRAINT -> renameConstraint(relation, old, rename.newName());
            case DOMAIN ->
                model.domain(relation).ifPresent(domain -> {
                    model.removeDomain(relation);
                    model.domain(domain.named(new QualifiedName(relation.schema(), rename.newName())));
                });
            default -> {}
        }
    }

    private void renameColumn(QualifiedName table, String old, String now) {
        model.change(
                table,
                found -> found.column(old)
                        .map(column -> found.withoutColumn(old).withColumn(column.named(now)))
                        .orElse(found));
    }

    private void renameConstraint(QualifiedName table, String old, String now) {
        model.change(
                table,
                found -> found.constraint(old)
                        .map(constraint -> found.withoutConstraint(old).withConstraint(now, constraint))
                        .orElse(found));
        QualifiedName index = new QualifiedName(table.schema(), old);
        if (model.find(index)
                .filter(found -> found.table().filter(table::equals).isPresent())
                .isPresent()) {
            model.rename(index, new QualifiedName(table.schema(), now));
        }
    }

    private void move(Statement.SetSchema move) {
        QualifiedName now = new QualifiedName(move.newSchema(), move.relation().name());
        if (move.kind().isRelation()) {
            model.indexesOf(move.relation())
                    .forEach(index -> model.rename(
                            index.name(),
                            new QualifiedName(move.newSchema(), index.name().name())));
            model.rename(move.relation(), now);
        } else if (move.kind() == ObjectKind.DOMAIN) {
            model.domain(move.relation()).ifPresent(domain -> {
                model.removeDomain(move.relation());
                model.domain(domain.named(now));
            });
        }
    }

    private void timeZone(Statement.SetVariable set) {
        if (set.name().equalsIgnoreCase("timezone")) {
            model.utc(set.values().size() == 1 && set.values().getFirst().equalsIgnoreCase("utc"));
        }
    }
}
