package dev.godwit.fact;

import dev.godwit.fact.ConstraintModel.Kind;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.ObjectKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Adds constraints to the model and takes them away.
final class ConstraintUpdate {
    private final SchemaModel model;
    private final int transaction;

    ConstraintUpdate(SchemaModel model, int transaction) {
        this.model = model;
        this.transaction = transaction;
    }

    void add(QualifiedName table, Constraint constraint) {
        ConstraintModel added = model(table, constraint);
        String name = ConstraintNames.of(table.name(), constraint);
        model.change(table, relation -> relation.withConstraint(name, added));
        if (added.isKey()) {
            QualifiedName index = new QualifiedName(table.schema(), name);
            model.put(RelationModel.of(index, ObjectKind.INDEX, Origin.RELEASE).under(table));
        }
        if (added.kind() == Kind.PRIMARY_KEY) {
            added.columns()
                    .forEach(column -> model.change(
                            table, relation -> relation.changing(column, found -> found.withNotNull(true))));
        }
    }

    void validate(QualifiedName table, String name) {
        model.change(
                table,
                relation -> relation.constraint(name)
                        .map(constraint -> relation.withConstraint(name, constraint.asValidated()))
                        .orElse(relation));
    }

    void forgetReferencesTo(QualifiedName gone) {
        for (RelationModel relation : model.referencing(gone)) {
            Map<String, ConstraintModel> left = new LinkedHashMap<>(relation.constraints());
            left.values()
                    .removeIf(constraint ->
                            constraint.references().filter(gone::equals).isPresent());
            model.put(relation.withConstraints(left));
        }
    }

    private ConstraintModel model(QualifiedName table, Constraint constraint) {
        return switch (constraint) {
            case Constraint.Check check ->
                of(
                        Kind.CHECK,
                        check.validated(),
                        check.condition().columns().collect(Collectors.toSet()),
                        NotNullProof.of(check.condition()));
            case Constraint.NotNull notNull ->
                of(Kind.NOT_NULL, notNull.validated(), Set.of(notNull.column()), Set.of(notNull.column()));
            case Constraint.Key key -> {
                Set<String> columns = keyColumns(table, key);
                yield of(key.primary() ? Kind.PRIMARY_KEY : Kind.UNIQUE, true, columns, Set.of());
            }
            case Constraint.ForeignKey key ->
                new ConstraintModel(
                        Kind.FOREIGN_KEY,
                        key.validated(),
                        Set.copyOf(key.columns()),
                        Set.of(),
                        Optional.of(key.references()),
                        Set.copyOf(key.referencedColumns()),
                        transaction);
            case Constraint.Exclusion _ -> of(Kind.EXCLUSION, true, Set.of(), Set.of());
        };
    }

    private Set<String> keyColumns(QualifiedName table, Constraint.Key key) {
        return key.usingIndex()
                .flatMap(index -> model.find(new QualifiedName(table.schema(), index)))
                .map(index -> index.columns().keySet())
                .orElseGet(() -> Set.copyOf(key.columns()));
    }

    private ConstraintModel of(Kind kind, boolean validated, Set<String> columns, Set<String> provesNotNull) {
        return new ConstraintModel(kind, validated, columns, provesNotNull, Optional.empty(), Set.of(), transaction);
    }
}
