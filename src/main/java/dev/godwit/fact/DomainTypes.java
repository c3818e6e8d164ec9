package dev.godwit.fact;

import dev.godwit.statement.Expression;
import dev.godwit.statement.TypeName;
import java.util.Optional;

/// A change of type where domains may be concerned: a value becomes one of a domain with constraints only after these
/// were checked, which PostgreSQL does while it writes the table anew; any other domain is as its base type.
///
/// Source: `ATColumnChangeRequiresRewrite`, case `CoerceToDomain`.
final class DomainTypes {
    private final SchemaModel model;

    DomainTypes(SchemaModel model) {
        this.model = model;
    }

    TypeChange change(Optional<TypeName> from, TypeName to, Optional<Expression> using, String column) {
        Optional<DomainModel> target = model.domainOf(to);
        boolean same = from.filter(present -> SchemaModel.named(present).equals(SchemaModel.named(to)))
                .isPresent();
        if (target.isEmpty() || same) {
            return TypeChange.of(same ? from : from.map(this::base), to, using, column, model.utc());
        }
        if (model.isConstrained(target.get())) {
            return TypeChange.REWRITE;
        }
        return TypeChange.of(from.map(this::base), base(to), using, column, model.utc());
    }

    /// @return the type below all domains
    TypeName base(TypeName type) {
        TypeName found = type;
        Optional<DomainModel> domain = model.domainOf(found);
        while (domain.isPresent()) {
            found = domain.get().base();
            domain = model.domainOf(found);
        }
        return found;
    }
}
