package dev.godwit.fact;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Walks the scripts of one release in their order, so that each sees what the ones before it left.
public final class Release {
    private final PostgresVersion version;
    private final SchemaModel model;
    private final TransactionLocks held = new TransactionLocks();
    private int transactions;

    public Release(PostgresVersion version, Optional<CatalogSnapshot> catalog) {
        this(version, new SchemaModel(catalog));
    }

    private Release(PostgresVersion version, SchemaModel model) {
        this.version = version;
        this.model = model;
    }

    /// @return the release as walked so far, to try another way on; this one stays
    public Release fork() {
        Release fork = new Release(version, model.copy());
        fork.transactions = transactions;
        return fork;
    }

    SchemaModel model() {
        return model;
    }

    /// @return the facts of the script's statements; the next script sees the schema that they leave
    public List<StatementFacts> next(ParsedScript script, TransactionMode mode) {
        return begin(TransactionScope.wraps(script, mode)).next(script);
    }

    /// Begins the next script, for whoever has it in parts.
    ///
    /// @param wrapped does one transaction hold it from its start?
    public Walk begin(boolean wrapped) {
        return new Walk(new TransactionScopes(wrapped), transactions);
    }

    /// The way through one script.
    public final class Walk {
        private final TransactionScopes scopes;
        private final int before;

        private Walk(TransactionScopes scopes, int before) {
            this.scopes = scopes;
            this.before = before;
        }

        /// @return the facts of the part's statements; the next part, or script, sees the schema that they leave
        public List<StatementFacts> next(ParsedScript part) {
            List<StatementFacts> found = new ArrayList<>();
            for (ParsedStatement statement : part.statements()) {
                TransactionScope scope = scopes.next(statement.statement());
                transactions = before + scope.number();
                found.add(Release.this.next(statement, scope.block()));
            }
            return found;
        }
    }

    /// The ups have been walked; what follows are downs, which undo them after they have been in use.
    public void turnBack() {
        List.copyOf(model.all()).forEach(relation -> model.put(undone(relation)));
        model.schemas().replaceAll((_, origin) -> undone(origin));
        model.types().replaceAll((_, origin) -> undone(origin));
    }

    private static RelationModel undone(RelationModel relation) {
        Map<String, ColumnModel> columns = new LinkedHashMap<>();
        relation.columns().forEach((name, column) -> columns.put(name, column.withOrigin(undone(column.origin()))));
        return relation.withColumns(columns).withOrigin(undone(relation.origin()));
    }

    private static Origin undone(Origin origin) {
        return origin == Origin.RELEASE ? Origin.UNDONE_UP : origin;
    }

    private StatementFacts next(ParsedStatement statement, boolean block) {
        Effects effects = new StatementEffects(model, version).of(statement.statement());
        Map<QualifiedName, RelationModel> before = touched(statement.statement(), effects);
        Consequences consequences = new ConsequenceReader(model).of(statement.statement(), effects.hidden());
        EarlierLocks earlier = held.before(block ? transactions : -transactions, effects.locks());
        held.take(statement, effects.locks(), name -> isExisting(name, before));
        held.rename(consequences.renames());
        new ModelUpdate(model, transactions).apply(statement.statement());
        return new StatementFacts(
                statement,
                effects.locks(),
                effects.rewrites(),
                effects.scans(),
                effects.creates(),
                effects.drops(),
                Refusals.inTransaction(statement.statement()),
                block,
                createdHere(before),
                transactions,
                effects.actions(),
                before,
                earlier,
                consequences);
    }

    private static boolean isExisting(QualifiedName name, Map<QualifiedName, RelationModel> relations) {
        return Optional.ofNullable(relations.get(name))
                .map(relation -> relation.origin() != Origin.RELEASE)
                .orElse(true);
    }

    /// A schema is no relation, but whoever drops it must know whose it is.
    private List<RelationModel> schemas(Statement statement) {
        return statement instanceof Statement.DropObjects drop && drop.kind() == ObjectKind.SCHEMA
                ? drop.objects().stream()
                        .map(name -> RelationModel.of(
                                name, ObjectKind.SCHEMA, model.schemas().getOrDefault(name.name(), Origin.EXISTING)))
                        .toList()
                : List.of();
    }

    private Map<QualifiedName, RelationModel> touched(Statement statement, Effects effects) {
        Set<QualifiedName> names = new LinkedHashSet<>(effects.drops());
        effects.locks().forEach(lock -> names.add(lock.relation()));
        indexed(statement).forEach(table -> model.indexesOf(table).forEach(index -> names.add(index.name())));
        Map<QualifiedName, RelationModel> found = new LinkedHashMap<>();
        names.forEach(name -> model.find(name).ifPresent(relation -> found.put(name, relation)));
        schemas(statement).forEach(schema -> found.put(schema.name(), schema));
        type(statement).ifPresent(type -> found.put(type.name(), type));
        return found;
    }

    /// A type is no relation, but whoever changes it must know whose it is.
    private Optional<RelationModel> type(Statement statement) {
        return switch (statement) {
            case Statement.AlterEnum change -> type(change.name(), ObjectKind.TYPE);
            case Statement.AlterDomain change -> type(change.name(), ObjectKind.DOMAIN);
            default -> Optional.empty();
        };
    }

    private Optional<RelationModel> type(QualifiedName name, ObjectKind kind) {
        return Optional.ofNullable(model.types().get(name)).map(origin -> RelationModel.of(name, kind, origin));
    }

    /// Not of every statement: to find them, the whole schema is looked through.
    private Set<QualifiedName> indexed(Statement statement) {
        return switch (statement) {
            case Statement.CreateIndex index -> Set.of(index.table());
            case Statement.AlterTable alter -> Set.of(alter.name());
            case Statement.DropObjects drop
            when drop.kind() == ObjectKind.INDEX ->
                drop.objects().stream()
                        .flatMap(index -> model.find(index).flatMap(RelationModel::table).stream())
                        .collect(Collectors.toSet());
            default -> Set.of();
        };
    }

    private static Set<QualifiedName> createdHere(Map<QualifiedName, RelationModel> relations) {
        Set<QualifiedName> found = new LinkedHashSet<>();
        relations.forEach((name, relation) -> {
            if (relation.origin() == Origin.RELEASE) {
                found.add(name);
            }
        });
        return found;
    }
}
