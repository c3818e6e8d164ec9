package dev.godwit.fact;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Routine;
import dev.godwit.statement.Statement;
import dev.godwit.statement.TypeName;
import dev.godwit.statement.Volatility;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The schema as the statements so far have left it, on top of the catalog when there is one. Mutable: it is the
/// state of one walk through one release.
final class SchemaModel {
    private final Relations relations = new Relations();
    private final Set<QualifiedName> gone = new HashSet<>();
    private final Map<String, Volatility> functions = new HashMap<>();
    private final Map<QualifiedName, DomainModel> domains = new HashMap<>();
    private final Map<QualifiedName, Origin> types = new HashMap<>();
    private final Map<String, Routine> routines = new HashMap<>();
    private final List<TriggerModel> triggers = new ArrayList<>();
    private final Map<QualifiedName, List<QualifiedName>> statistics = new HashMap<>();
    private final Map<String, List<QualifiedName>> publications = new HashMap<>();
    private final Map<String, Origin> schemas = new HashMap<>();
    private Optional<CatalogSnapshot> unreadFunctions;
    private boolean complete;
    private boolean utc;

    SchemaModel(Optional<CatalogSnapshot> catalog) {
        this.unreadFunctions = catalog;
        this.complete = catalog.isPresent();
        catalog.ifPresent(snapshot -> {
            CatalogModels.of(snapshot).forEach(this::put);
            CatalogModels.domains(snapshot).forEach(this::domain);
            CatalogModels.types(snapshot).forEach(type -> types.put(type, Origin.EXISTING));
            CatalogObjects.add(snapshot, this);
        });
    }

    /// @return the same schema, to go another way from here
    SchemaModel copy() {
        SchemaModel copy = new SchemaModel(Optional.empty());
        copy.relations.putAll(relations);
        copy.gone.addAll(gone);
        copy.functions.putAll(functions);
        copy.domains.putAll(domains);
        copy.types.putAll(types);
        copy.routines.putAll(routines);
        copy.triggers.addAll(triggers);
        copy.statistics.putAll(statistics);
        copy.publications.putAll(publications);
        copy.schemas.putAll(schemas);
        copy.unreadFunctions = unreadFunctions;
        copy.complete = complete;
        copy.utc = utc;
        return copy;
    }

    Optional<RelationModel> find(QualifiedName name) {
        return relations.find(name);
    }

    /// @return the relation; one not seen yet is taken to be there
    RelationModel get(QualifiedName name, ObjectKind kind) {
        return find(name).orElseGet(() -> RelationModel.of(name, kind, Origin.EXISTING));
    }

    boolean knows(QualifiedName name) {
        return relations.contains(name);
    }

    /// A broken script may make a parent of a child, or a view of itself; the model stays free of circles.
    void put(RelationModel relation) {
        boolean circle =
                relation.kind() != ObjectKind.INDEX && Circles.reaches(relation.name(), relation, name -> find(name));
        relations.put(circle ? relation.standingAlone() : relation);
        gone.remove(relation.name());
    }

    void change(QualifiedName name, UnaryOperator<RelationModel> change) {
        put(change.apply(get(name, ObjectKind.TABLE)));
    }

    /// @return does IF EXISTS find nothing, as far as this release tells?
    boolean isMissing(Statement.AlterTable alter) {
        return alter.missingOk() && (isGone(alter.name()) || (complete && !knows(alter.name())));
    }

    /// @return did this release drop it?
    boolean isGone(QualifiedName name) {
        return gone.contains(name);
    }

    void removeSchema(String schema) {
        List.copyOf(relations.all()).stream()
                .map(RelationModel::name)
                .filter(name -> name.schema().equals(schema))
                .forEach(this::remove);
    }

    /// Takes a relation away, and with a table its indexes and partitions.
    void remove(QualifiedName name) {
        relations.remove(name);
        gone.add(name);
        triggers.removeIf(trigger -> trigger.table().equals(name));
        below(name).stream()
                .filter(child -> child.kind() == ObjectKind.INDEX || child.has(RelationModel.Trait.PARTITION))
                .forEach(child -> remove(child.name()));
    }

    /// Whatever speaks of the relation speaks of the new name from now on.
    void rename(QualifiedName from, QualifiedName to) {
        RelationModel relation = get(from, ObjectKind.TABLE);
        relations.remove(from);
        put(relation.named(to));
        for (RelationModel other : List.copyOf(relations.all())) {
            RelationModel followed = other.renamed(from, to);
            for (Map.Entry<String, ConstraintModel> entry : other.constraints().entrySet()) {
                if (entry.getValue().references(from)) {
                    followed = followed.withConstraint(
                            entry.getKey(), entry.getValue().referencing(to));
                }
            }
            if (!followed.equals(other)) {
                put(followed);
            }
        }
        triggers.replaceAll(trigger -> trigger.renamed(from, to));
        statistics.replaceAll((_, tables) -> replaced(tables, from, to));
        publications.replaceAll((_, tables) -> replaced(tables, from, to));
    }

    private static List<QualifiedName> replaced(List<QualifiedName> tables, QualifiedName from, QualifiedName to) {
        return tables.stream().map(table -> table.equals(from) ? to : table).toList();
    }

    /// @return the indexes of a table, the partitions of a parent, the indexes attached to an index
    List<RelationModel> below(QualifiedName name) {
        return relations.below(name);
    }

    /// @return the partitions of a partitioned table, the children of one that others inherit from
    List<RelationModel> children(QualifiedName table) {
        return below(table).stream().filter(RelationModel::isTable).toList();
    }

    /// @return the children, their children, and so on, each once
    List<RelationModel> descendants(QualifiedName table) {
        Map<QualifiedName, RelationModel> found = new LinkedHashMap<>();
        collectDescendants(table, found);
        return List.copyOf(found.values());
    }

    private void collectDescendants(QualifiedName table, Map<QualifiedName, RelationModel> found) {
        for (RelationModel child : children(table)) {
            if (found.putIfAbsent(child.name(), child) == null) {
                collectDescendants(child.name(), found);
            }
        }
    }

    List<RelationModel> indexesOf(QualifiedName table) {
        return below(table).stream()
                .filter(relation -> relation.kind() == ObjectKind.INDEX)
                .filter(relation -> relation.table().filter(table::equals).isPresent())
                .toList();
    }

    /// @return the views, sequences and typed tables that read it or belong to it
    List<RelationModel> usersOf(QualifiedName name) {
        return relations.all().stream()
                .filter(relation -> relation.uses().reads(name))
                .filter(relation -> relation.kind() != ObjectKind.INDEX)
                .toList();
    }

    Optional<RelationModel> defaultPartition(QualifiedName parent) {
        return children(parent).stream()
                .filter(child -> child.has(RelationModel.Trait.DEFAULT_PARTITION))
                .findFirst();
    }

    List<TriggerModel> triggers() {
        return triggers;
    }

    Map<QualifiedName, List<QualifiedName>> statistics() {
        return statistics;
    }

    /// @return the schemas that the release made
    Map<String, Origin> schemas() {
        return schemas;
    }

    Map<String, List<QualifiedName>> publications() {
        return publications;
    }

    /// @return the tables with a foreign key to that one
    List<RelationModel> referencing(QualifiedName name) {
        List<RelationModel> found = new ArrayList<>();
        for (RelationModel relation : relations.all()) {
            if (relation.constraints().values().stream()
                    .anyMatch(constraint ->
                            constraint.references().filter(name::equals).isPresent())) {
                found.add(relation);
            }
        }
        return found;
    }

    /// @return those of them whose key means that column; one that names no column means the primary key
    List<RelationModel> referencing(RelationModel table, String column) {
        boolean primary = table.constraints().values().stream()
                .anyMatch(constraint -> constraint.kind() == ConstraintModel.Kind.PRIMARY_KEY
                        && constraint.columns().contains(column));
        return referencing(table.name()).stream()
                .filter(other -> other.constraints().values().stream()
                        .filter(constraint -> constraint.references(table.name()))
                        .map(ConstraintModel::referencedColumns)
                        .anyMatch(columns -> columns.isEmpty() ? primary : columns.contains(column)))
                .toList();
    }

    Collection<RelationModel> all() {
        return relations.all();
    }

    void routine(String function, Routine routine) {
        routines.put(function, routine);
    }

    /// @return the body of a function that this release made
    Optional<Routine> routine(String function) {
        return Optional.ofNullable(routines.get(function));
    }

    void define(String function, Volatility volatility) {
        functions.merge(function, volatility, Volatility::orWeaker);
    }

    /// @return what a call may do; a function that nobody knows is VOLATILE, as CREATE FUNCTION assumes
    Volatility volatility(String function) {
        return Optional.ofNullable(functions.get(function))
                .or(() -> BuiltinFunctions.volatility(function))
                .or(() -> ofCatalog(function))
                .orElse(Volatility.VOLATILE);
    }

    /// The catalog's functions are read when the first unknown one is called, which most releases never do.
    private Optional<Volatility> ofCatalog(String function) {
        unreadFunctions.ifPresent(snapshot -> CatalogModels.functions(snapshot)
                .forEach(found -> define(found.name().name(), found.volatility())));
        unreadFunctions = Optional.empty();
        return Optional.ofNullable(functions.get(function));
    }

    void domain(DomainModel domain) {
        TypeName below = domain.base();
        while (!named(below).equals(domain.name())) {
            Optional<DomainModel> next = domainOf(below);
            if (next.isEmpty()) {
                domains.put(domain.name(), domain);
                return;
            }
            below = next.get().base();
        }
    }

    Optional<DomainModel> domain(QualifiedName name) {
        return Optional.ofNullable(domains.get(name));
    }

    /// @return the domain of that type as a statement names it
    Optional<DomainModel> domainOf(TypeName type) {
        return type.array() ? Optional.empty() : domain(named(type));
    }

    static QualifiedName named(TypeName type) {
        return new QualifiedName(type.schema().isEmpty() ? "public" : type.schema(), type.name());
    }

    /// @return has it, or a domain that it is made of, a constraint?
    boolean isConstrained(DomainModel domain) {
        return domain.constrained()
                || domainOf(domain.base()).map(this::isConstrained).orElse(false);
    }

    Collection<DomainModel> domains() {
        return domains.values();
    }

    /// @return the types and domains that a catalog or this release has told of
    Map<QualifiedName, Origin> types() {
        return types;
    }

    void removeDomain(QualifiedName name) {
        domains.remove(name);
    }

    boolean utc() {
        return utc;
    }

    void utc(boolean isUtc) {
        this.utc = isUtc;
    }
}
