package dev.godwit.fact;

import dev.godwit.fact.Consequences.Breakage;
import dev.godwit.fact.Consequences.Loss;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ColumnDefinition;
import dev.godwit.statement.Constraint;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells the consequences of one statement, from the schema as it was before.
final class ConsequenceReader {
    private final SchemaModel model;
    private final List<Breakage> breaks = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final Map<QualifiedName, QualifiedName> renames = new HashMap<>();

    ConsequenceReader(SchemaModel model) {
        this.model = model;
    }

    Consequences of(Statement statement, boolean unreadable) {
        read(statement);
        return new Consequences(breaks, losses, renames, unreadable);
    }

    private void read(Statement statement) {
        switch (statement) {
            case Statement.AlterTable alter
            when alter.kind().isRelation() && !model.isMissing(alter) ->
                alter.actions().forEach(action -> action(alter.name(), action));
            case Statement.DropObjects drop -> drop(Dropped.by(drop, model));
            case Statement.Rename rename -> rename(rename);
            case Statement.SetSchema move
            when move.kind().isRelation() ->
                renamed(
                        move.kind(),
                        move.relation(),
                        new QualifiedName(move.newSchema(), move.relation().name()));
            case Statement.Truncate truncate ->
                truncate.tables().forEach(table -> losses.add(new Loss(Loss.Manner.ROWS, table, Optional.empty())));
            case Statement.AlterEnum change
            when change.newValue().isEmpty() ->
                breaks(Breakage.Kind.ENUM_VALUE_RENAMED, change.name(), Optional.empty());
            case Statement.CodeBlock block -> block.routine().statements().forEach(this::read);
            default -> {}
        }
    }

    private void breaks(Breakage.Kind kind, QualifiedName relation, Optional<String> member) {
        breaks.add(new Breakage(kind, relation, member));
    }

    private void drop(Dropped dropped) {
        for (QualifiedName name : dropped.relations()) {
            ObjectKind kind = model.get(name, ObjectKind.TABLE).kind();
            if (kind != ObjectKind.INDEX) {
                breaks(Breakage.Kind.RELATION_GONE, name, Optional.empty());
            }
            if (kind == ObjectKind.TABLE) {
                losses.add(new Loss(Loss.Manner.ROWS, name, Optional.empty()));
            }
        }
        dropped.columns().forEach((table, columns) -> columns.forEach(column -> dropped(table, column)));
    }

    private void dropped(QualifiedName table, String column) {
        breaks(Breakage.Kind.COLUMN_GONE, table, Optional.of(column));
        losses.add(new Loss(Loss.Manner.COLUMN, table, Optional.of(column)));
    }

    private void rename(Statement.Rename rename) {
        if (rename.kind() == ObjectKind.COLUMN) {
            breaks(Breakage.Kind.COLUMN_RENAMED, rename.relation(), rename.member());
        } else if (rename.kind().isRelation()) {
            renamed(
                    rename.kind(),
                    rename.relation(),
                    new QualifiedName(rename.relation().schema(), rename.newName()));
        }
    }

    /// Nobody's query names an index.
    private void renamed(ObjectKind said, QualifiedName old, QualifiedName now) {
        renames.put(old, now);
        if (model.get(old, said).kind() != ObjectKind.INDEX) {
            breaks(Breakage.Kind.RELATION_RENAMED, old, Optional.empty());
        }
    }

    private void action(QualifiedName table, AlterAction action) {
        switch (action) {
            case AlterAction.DropColumn drop -> {
                Dropped dropped = new Dropped(model, drop.cascade());
                dropped.column(table, drop.column());
                drop(dropped);
            }
            case AlterAction.AlterType change -> changeType(table, change);
            case AlterAction.AddColumn add -> addColumn(table, add.column());
            case AlterAction.SetNotNull set -> required(table, set.column());
            case AlterAction.AddConstraint add -> {
                if (add.constraint() instanceof Constraint.NotNull notNull) {
                    required(table, notNull.column());
                }
            }
            case AlterAction.DropNotNull drop -> breaks(Breakage.Kind.NULLS_ALLOWED, table, Optional.of(drop.column()));
            default -> {}
        }
    }

    private void addColumn(QualifiedName table, ColumnDefinition column) {
        boolean filled = column.defaultValue().isPresent()
                || column.identity()
                || column.type().isSerial()
                || column.generated() != ColumnDefinition.Generated.NO;
        if (column.notNull() && !filled) {
            breaks(Breakage.Kind.VALUE_REQUIRED, table, Optional.of(column.name()));
        }
    }

    private void required(QualifiedName table, String column) {
        Optional<ColumnModel> found = model.get(table, ObjectKind.TABLE).column(column);
        boolean filled = found.flatMap(ColumnModel::value).isPresent();
        boolean already = found.map(ColumnModel::notNull).orElse(false);
        if (!filled && !already) {
            breaks(Breakage.Kind.VALUE_REQUIRED, table, Optional.of(column));
        }
    }

    private void changeType(QualifiedName table, AlterAction.AlterType change) {
        breaks(Breakage.Kind.TYPE_CHANGED, table, Optional.of(change.column()));
        boolean narrows = model.get(table, ObjectKind.TABLE)
                .column(change.column())
                .flatMap(ColumnModel::type)
                .filter(from -> Narrowing.between(from, change.type()))
                .isPresent();
        if (narrows) {
            losses.add(new Loss(Loss.Manner.NARROWED, table, Optional.of(change.column())));
        }
    }
}
