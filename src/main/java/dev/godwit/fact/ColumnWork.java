package dev.godwit.fact;

import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.ColumnDefinition.Generated;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.Expression;
import dev.godwit.statement.TypeName;
import dev.godwit.statement.Volatility;

/// The work of ADD COLUMN: none as long as one value, kept in the catalog, stands for all rows.
///
/// Source: `ATExecAddColumn` in tablecmds.c; for foreign keys `transformAlterTableStmt`, which skips the validation of
/// a
/// column that is NULL in every row.
final class ColumnWork {
    private final SchemaModel model;

    ColumnWork(SchemaModel model) {
        this.model = model;
    }

    Work of(ColumnDefinition column) {
        if (rewrites(column)) {
            return Work.REWRITE;
        }
        Work work = Work.CATALOG;
        if (column.notNull() && !hasValue(column)) {
            work = Work.SCAN;
        }
        for (Constraint constraint : column.constraints()) {
            work = work.orMore(of(constraint, column));
        }
        return work;
    }

    private boolean rewrites(ColumnDefinition column) {
        return column.generated() == Generated.STORED
                || column.identity()
                || column.type().isSerial()
                || column.defaultValue().map(this::isVolatile).orElse(false)
                || isConstrainedDomain(column.type());
    }

    boolean isVolatile(Expression expression) {
        return expression
                .descendants()
                .anyMatch(part -> part instanceof Expression.Call call
                        && model.volatility(call.function()) == Volatility.VOLATILE);
    }

    private boolean isConstrainedDomain(TypeName type) {
        return model.domainOf(type).map(model::isConstrained).orElse(false);
    }

    private static boolean hasValue(ColumnDefinition column) {
        return column.defaultValue().isPresent()
                && !(column.defaultValue().get() instanceof Expression.Constant constant && constant.isNull());
    }

    private static Work of(Constraint constraint, ColumnDefinition column) {
        return switch (constraint) {
            case Constraint.Check check -> check.validated() ? Work.SCAN : Work.CATALOG;
            case Constraint.ForeignKey key -> key.validated() && hasValue(column) ? Work.SCAN : Work.CATALOG;
            case Constraint.Key _ -> Work.INDEX_BUILD;
            case Constraint.NotNull _, Constraint.Exclusion _ -> Work.CATALOG;
        };
    }
}
