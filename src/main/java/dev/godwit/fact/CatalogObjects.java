package dev.godwit.fact;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.statement.Statement;
import dev.godwit.text.SourceText;
import java.util.HashSet;
import java.util.Set;

/// Puts into the model what hangs on tables: views, the owners of sequences, triggers, statistics, inheritance. A
/// snapshot has these as DDL, which is read as any other.
final class CatalogObjects {
    private static final Set<SchemaObject.Kind> READ = Set.of(
            SchemaObject.Kind.VIEW,
            SchemaObject.Kind.MATERIALIZED_VIEW,
            SchemaObject.Kind.SEQUENCE_OWNER,
            SchemaObject.Kind.TRIGGER,
            SchemaObject.Kind.POLICY,
            SchemaObject.Kind.TABLE_SETTING,
            SchemaObject.Kind.STATISTICS);

    private final SchemaModel model;
    private final ModelUpdate update;

    private CatalogObjects(SchemaModel model) {
        this.model = model;
        this.update = new ModelUpdate(model, 0);
    }

    static void add(CatalogSnapshot snapshot, SchemaModel model) {
        CatalogObjects objects = new CatalogObjects(model);
        Set<QualifiedName> tables = new HashSet<>();
        model.all().forEach(relation -> tables.add(relation.name()));
        snapshot.objects().forEach(objects::add);
        for (RelationModel relation : Set.copyOf(model.all())) {
            if (!tables.contains(relation.name())) {
                model.put(relation.withOrigin(Origin.EXISTING));
            }
        }
    }

    private void add(SchemaObject object) {
        String sql = object.definition();
        if (READ.contains(object.kind())) {
            statements(sql).forEach(update::apply);
        } else if (object.kind() == SchemaObject.Kind.TABLE
                && (sql.contains("INHERITS (") || sql.startsWith("CREATE UNLOGGED "))) {
            statements(sql).forEach(this::table);
        }
    }

    private void table(Statement statement) {
        if (statement instanceof Statement.CreateTable create) {
            create.parents().forEach(parent -> model.change(create.name(), found -> found.under(parent)));
            model.change(create.name(), found -> found.with(Trait.UNLOGGED, create.unlogged()));
        }
    }

    private static Iterable<Statement> statements(String sql) {
        return Scripts.parse(new SourceText("", sql)).statements().stream()
                .map(ParsedStatement::statement)
                .toList();
    }
}
