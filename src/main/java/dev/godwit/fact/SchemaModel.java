package dev.godwit.fact;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Volatility;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The schema as the statements so far have left it, on top of the catalog when there is one. Mutable: it is the state
/// of
/// one walk through one release.
final class SchemaModel {
    private final Map<QualifiedName, RelationModel> relations = new HashMap<>();
    private final Set<QualifiedName> gone = new HashSet<>();
    private final Map<String, Volatility> functions = new HashMap<>();
    private final Map<QualifiedName, Boolean> constrainedDomains = new HashMap<>();
    private Optional<CatalogSnapshot> unreadFunctions;
    private boolean utc;

    SchemaModel(Optional<CatalogSnapshot> catalog) {
        this.unreadFunctions = catalog;
        catalog.ifPresent(snapshot -> {
            CatalogModels.of(snapshot).forEach(this::put);
            CatalogModels.constrainedDomains(snapshot).forEach(domain -> domain(domain, true));
        });
    }

    Optional<RelationModel> find(QualifiedName name) {
        return Optional.ofNullable(relations.get(name));
    }

    /// @return the relation; one not seen yet is taken to be there
    RelationModel get(QualifiedName name, ObjectKind kind) {
        return find(name).orElseGet(() -> RelationModel.of(name, kind, Origin.EXISTING));
    }

    boolean knows(QualifiedName name) {
        return relations.containsKey(name);
    }

    void put(RelationModel relation) {
        relations.put(relation.name(), relation);
        gone.remove(relation.name());
    }

    void change(QualifiedName name, UnaryOperator<RelationModel> change) {
        put(change.apply(get(name, ObjectKind.TABLE)));
    }

    /// @return did this release drop it?
    boolean isGone(QualifiedName name) {
        return gone.contains(name);
    }

    void removeSchema(String schema) {
        List.copyOf(relations.keySet()).stream()
                .filter(name -> name.schema().equals(schema))
                .forEach(this::remove);
    }

    /// Takes a relation away, and with a table its indexes and partitions.
    void remove(QualifiedName name) {
        relations.remove(name);
        gone.add(name);
        below(name).forEach(child -> remove(child.name()));
    }

    void rename(QualifiedName from, QualifiedName to) {
        RelationModel relation = get(from, ObjectKind.TABLE);
        List<RelationModel> children = below(from);
        relations.remove(from);
        put(relation.named(to));
        children.forEach(child -> put(child.under(to)));
    }

    /// @return the indexes of a table, the partitions of a parent
    List<RelationModel> below(QualifiedName name) {
        List<RelationModel> found = new ArrayList<>();
        for (RelationModel relation : relations.values()) {
            if (relation.table().filter(name::equals).isPresent()) {
                found.add(relation);
            }
        }
        return found;
    }

    /// @return the tables with a foreign key to that one
    List<RelationModel> referencing(QualifiedName name) {
        List<RelationModel> found = new ArrayList<>();
        for (RelationModel relation : relations.values()) {
            if (relation.constraints().values().stream()
                    .anyMatch(constraint ->
                            constraint.references().filter(name::equals).isPresent())) {
                found.add(relation);
            }
        }
        return found;
    }

    Collection<RelationModel> all() {
        return relations.values();
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

    void domain(QualifiedName name, boolean constrained) {
        constrainedDomains.merge(name, constrained, Boolean::logicalOr);
    }

    boolean isConstrainedDomain(QualifiedName name) {
        return constrainedDomains.getOrDefault(name, false);
    }

    boolean utc() {
        return utc;
    }

    void utc(boolean isUtc) {
        this.utc = isUtc;
    }
}
