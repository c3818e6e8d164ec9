package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether Rails turns a migration round by itself, and so that its way back is the one that is wanted: then one
/// `change` says both.
final class RailsChange {
    private final RailsOperations operations;
    private final Set<Name> created = new HashSet<>();
    private final List<Ddl> down;

    /// @param down what the way back does, in its order
    RailsChange(RailsOperations operations, List<Ddl> down) {
        this.operations = operations;
        this.down = new ArrayList<>(down.reversed());
    }

    /// @param up in its order
    /// @return a call for each; empty when Rails' way back would be another, or none
    Optional<List<Ruby>> of(List<Ddl> up) {
        List<Ruby> calls = new ArrayList<>();
        for (Ddl change : up) {
            Optional<Ruby> call = isUndone(change) ? call(change) : Optional.empty();
            if (call.isEmpty()) {
                return Optional.empty();
            }
            calls.add(call.get());
        }
        return down.isEmpty() ? Optional.of(calls) : Optional.empty();
    }

    private Optional<Ruby> call(Ddl change) {
        if (change instanceof Ddl.DropColumn(Name table, String column)) {
            return readded(table, column);
        }
        if (change instanceof Ddl.CreateTable table) {
            created.add(table.table());
        }
        return operations.of(change).filter(_ -> consume(change));
    }

    /// A column that is dropped comes back as the way back defines it.
    private Optional<Ruby> readded(Name table, String column) {
        Optional<Ddl.AddColumn> add = next(Ddl.AddColumn.class)
                .filter(back ->
                        back.table().equals(table) && back.column().name().equals(column));
        Optional<Ruby> call = add.flatMap(operations::of);
        call.ifPresent(_ -> down.removeFirst());
        return call.map(found -> new Ruby("remove_column", found.arguments(), List.of()));
    }

    private <T> Optional<T> next(Class<T> kind) {
        return down.stream().findFirst().filter(kind::isInstance).map(kind::cast);
    }

    /// What hangs on a table that is made here goes with it.
    private boolean consume(Ddl change) {
        Optional<Ddl> inverse = inverse(change);
        if (inverse.isEmpty()) {
            return true;
        }
        boolean agrees = down.stream().findFirst().equals(inverse);
        if (agrees) {
            down.removeFirst();
        }
        return agrees;
    }

    private Optional<Ddl> inverse(Ddl change) {
        return switch (change) {
            case Ddl.CreateTable table -> Optional.of(new Ddl.DropTable(table.table()));
            case Ddl.CreateIndex index ->
                unlessCreated(
                        index.table(), new Ddl.DropIndex(index.table().beside(index.name()), index.concurrently()));
            case Ddl.AddColumn add ->
                unlessCreated(
                        add.table(),
                        new Ddl.DropColumn(add.table(), add.column().name()));
            case Ddl.AddRule add ->
                unlessCreated(
                        add.table(), new Ddl.DropRule(add.table(), add.rule().name()));
            case Ddl.SetNotNull set -> unlessCreated(set.table(), new Ddl.DropNotNull(set.table(), set.column()));
            case Ddl.DropNotNull drop -> unlessCreated(drop.table(), new Ddl.SetNotNull(drop.table(), drop.column()));
            case Ddl.RenameColumn rename ->
                unlessCreated(rename.table(), new Ddl.RenameColumn(rename.table(), rename.to(), rename.column()));
            case Ddl.DropColumn _,
                    Ddl.DropRule _,
                    Ddl.SetDefault _,
                    Ddl.DropDefault _,
                    Ddl.AlterType _,
                    Ddl.RenameTable _,
                    Ddl.DropTable _,
                    Ddl.DropIndex _ -> Optional.of(change);
        };
    }

    private Optional<Ddl> unlessCreated(Name table, Ddl inverse) {
        return created.contains(table) ? Optional.empty() : Optional.of(inverse);
    }

    /// Rails finds what it takes away by what the catalog says, where an expression reads differently and a schema of
    /// the search path is left out.
    private static boolean isUndone(Ddl change) {
        return switch (change) {
            case Ddl.CreateIndex index ->
                index.keys().stream().allMatch(key -> key.column().isPresent());
            case Ddl.AddRule(Name _, Rule.Foreign foreign) ->
                foreign.references().schema().isEmpty()
                        && foreign.references().name().matches("[a-z_][a-z0-9_]*");
            case Ddl.CreateTable _,
                    Ddl.AddColumn _,
                    Ddl.DropColumn _,
                    Ddl.AddRule _,
                    Ddl.SetNotNull _,
                    Ddl.DropNotNull _,
                    Ddl.RenameColumn _ -> true;
            case Ddl.DropRule _,
                    Ddl.SetDefault _,
                    Ddl.DropDefault _,
                    Ddl.AlterType _,
                    Ddl.RenameTable _,
                    Ddl.DropTable _,
                    Ddl.DropIndex _ -> false;
        };
    }
}
