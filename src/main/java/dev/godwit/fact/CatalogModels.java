package dev.godwit.fact;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.CheckConstraint;
import dev.godwit.catalog.Column;
import dev.godwit.catalog.DataType;
import dev.godwit.catalog.ForeignKey;
import dev.godwit.catalog.Index;
import dev.godwit.catalog.Partition;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.catalog.Table;
import dev.godwit.catalog.TableKind;
import dev.godwit.fact.ConstraintModel.Kind;
import dev.godwit.fact.RelationModel.Trait;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ColumnUses;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Expression;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.statement.Statement;
import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns a snapshot of the catalog into the model that statements then change.
final class CatalogModels {
    /// The catalog module reports 0 rows also for a table never counted; then only an empty file is believed.
    private static final long EMPTY_TABLE_BYTES = 64 * 1024;

    private CatalogModels() {}

    static List<RelationModel> of(CatalogSnapshot snapshot) {
        List<RelationModel> models = new ArrayList<>();
        Set<String> keys = keys(snapshot);
        for (Table table : snapshot.tables()) {
            models.add(table(table));
            for (Index index : table.indexes()) {
                models.add(index(table, index)
                        .with(Trait.OF_CONSTRAINT, keys.contains(table.name() + "." + index.name())));
            }
        }
        return models;
    }

    private static RelationModel index(Table table, Index index) {
        Map<String, ColumnModel> columns = new LinkedHashMap<>();
        index.columns().forEach(column -> columns.put(column, ColumnModel.unknown(column)));
        Set<String> ofTable = table.columns().stream().map(Column::name).collect(Collectors.toSet());
        boolean plain = index.predicate().isEmpty() && ofTable.containsAll(index.columns());
        return RelationModel.of(
                        new QualifiedName(table.name().schema(), index.name()), ObjectKind.INDEX, Origin.EXISTING)
                .withColumns(columns)
                .with(Trait.UNIQUE, index.unique())
                .with(Trait.COMPUTED, !plain)
                .with(Trait.ORDINARY, plain && isOrdinary(index))
                .under(table.name());
    }

    /// By the server's own words for it, in which nothing that is as it is by default is said. A name that needs quotes
    /// is not looked for.
    private static boolean isOrdinary(Index index) {
        return index.definition().contains(" USING btree (" + String.join(", ", index.columns()) + ")");
    }

    /// @return the primary keys, unique and exclusion constraints, each behind its table: `public.orders.orders_pkey`
    private static Set<String> keys(CatalogSnapshot snapshot) {
        return snapshot.objects().stream()
                .filter(object -> object.kind() == SchemaObject.Kind.CONSTRAINT)
                .map(object -> object.identity().replace("\"", ""))
                .collect(Collectors.toSet());
    }

    static List<DomainModel> domains(CatalogSnapshot snapshot) {
        List<DomainModel> found = new ArrayList<>();
        for (DataType type : snapshot.types()) {
            if (type instanceof DataType.DomainType domain) {
                found.add(new DomainModel(
                        SchemaModel.named(FormattedType.parse(domain.name())),
                        FormattedType.parse(domain.base()),
                        domain.notNull() || !domain.checks().isEmpty()));
            }
        }
        return found;
    }

    static List<QualifiedName> types(CatalogSnapshot snapshot) {
        return snapshot.types().stream()
                .map(type -> SchemaModel.named(FormattedType.parse(type.name())))
                .toList();
    }

    static List<Statement.CreateFunction> functions(CatalogSnapshot snapshot) {
        return snapshot.objects().stream()
                .filter(object -> object.kind() == SchemaObject.Kind.FUNCTION)
                .flatMap(object -> statements(object.definition()))
                .flatMap(statement ->
                        statement instanceof Statement.CreateFunction function ? Stream.of(function) : Stream.empty())
                .toList();
    }

    /// The server's own words, read by the server's own grammar.
    private static Stream<Statement> statements(String sql) {
        return Scripts.parse(new SourceText("", sql)).statements().stream().map(ParsedStatement::statement);
    }

    private static RelationModel table(Table table) {
        return new RelationModel(
                table.name(),
                table.kind() == TableKind.FOREIGN ? ObjectKind.FOREIGN_TABLE : ObjectKind.TABLE,
                Origin.EXISTING,
                table.columns().stream().collect(Collectors.toMap(Column::name, CatalogModels::column)),
                constraints(table),
                table.partitionOf().map(Partition::parent).stream().toList(),
                ColumnUses.NONE,
                traits(table),
                rows(table),
                OptionalLong.of(table.bytes()));
    }

    private static Set<Trait> traits(Table table) {
        Set<Trait> found = EnumSet.noneOf(Trait.class);
        if (table.kind() == TableKind.PARTITIONED) {
            found.add(Trait.PARTITIONED);
        }
        table.partitionOf().ifPresent(partition -> {
            found.add(Trait.PARTITION);
            if (partition.bound().equals("DEFAULT")) {
                found.add(Trait.DEFAULT_PARTITION);
            }
        });
        return found;
    }

    private static OptionalLong rows(Table table) {
        boolean neverCounted = table.estimatedRows() <= 0 && table.bytes() > EMPTY_TABLE_BYTES;
        return neverCounted ? OptionalLong.empty() : OptionalLong.of(table.estimatedRows());
    }

    private static ColumnModel column(Column column) {
        return ColumnModel.of(
                column.name(), Optional.of(FormattedType.parse(column.type())), column.notNull(), Origin.EXISTING);
    }

    private static Map<String, ConstraintModel> constraints(Table table) {
        Map<String, ConstraintModel> found = new LinkedHashMap<>();
        for (Index index : table.indexes()) {
            if (index.unique() && !index.definition().contains(" WHERE ")) {
                boolean primary = index.columns().equals(table.primaryKey());
                found.put(index.name(), key(primary ? Kind.PRIMARY_KEY : Kind.UNIQUE, index.columns()));
            }
        }
        for (ForeignKey key : table.foreignKeys()) {
            found.put(
                    key.name(),
                    new ConstraintModel(
                            Kind.FOREIGN_KEY,
                            key.validated(),
                            Set.copyOf(key.columns()),
                            List.of(),
                            Set.of(),
                            Optional.of(key.references()),
                            Set.copyOf(key.referencedColumns()),
                            Optional.empty(),
                            false,
                            true,
                            0));
        }
        table.checks().forEach(check -> found.put(check.name(), check(check)));
        return found;
    }

    private static ConstraintModel key(Kind kind, List<String> columns) {
        return new ConstraintModel(
                kind,
                true,
                Set.copyOf(columns),
                columns,
                Set.of(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                false,
                true,
                0);
    }

    private static ConstraintModel check(CheckConstraint check) {
        Optional<Expression> condition = condition(check.definition());
        return new ConstraintModel(
                Kind.CHECK,
                check.validated(),
                condition
                        .map(found -> found.columns().collect(Collectors.toSet()))
                        .orElse(Set.of()),
                List.of(),
                condition.map(NotNullProof::of).orElse(Set.of()),
                Optional.empty(),
                Set.of(),
                condition,
                !check.definition().endsWith(" NO INHERIT"),
                true,
                0);
    }

    private static Optional<Expression> condition(String definition) {
        return statements("ALTER TABLE t ADD " + definition)
                .flatMap(statement -> statement instanceof Statement.AlterTable alter
                        ? alter.actions().stream()
                        : Stream.<AlterAction>empty())
                .flatMap(action -> action instanceof AlterAction.AddConstraint add
                                && add.constraint() instanceof Constraint.Check check
                        ? Stream.of(check.condition())
                        : Stream.<Expression>empty())
                .findFirst();
    }
}
