package dev.godwit.plan;

import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction;
import dev.godwit.statement.ObjectKind;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The down of an up, where the up alone says what it is. What overwrites or drops has no inverse that its text could
/// know, and is left to the author.
///
/// @param statements in the order in which they undo
/// @param unknown what has no inverse that could be derived, as it stands in the up
public record Inverse(List<String> statements, List<String> unknown) {
    public Inverse {
        statements = List.copyOf(statements);
        unknown = List.copyOf(unknown);
    }

    public static Inverse of(ParsedScript up) {
        return new Derivation().of(up);
    }

    /// @return the down; empty when a part of it is unknown, and when there is nothing to undo
    public Optional<String> sql() {
        return unknown.isEmpty() && !statements.isEmpty()
                ? Optional.of(String.join(";\n", statements) + ";\n")
                : Optional.empty();
    }

    /// One walk over an up.
    private static final class Derivation {
        private final Set<QualifiedName> created = new HashSet<>();
        private final Set<String> added = new HashSet<>();
        private final List<String> undo = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        Inverse of(ParsedScript up) {
            up.statements().forEach(this::add);
            return new Inverse(undo.reversed(), unknown);
        }

        private void add(ParsedStatement parsed) {
            Optional<List<String>> inverse = inverse(parsed.statement());
            inverse.ifPresentOrElse(
                    undo::addAll,
                    () -> unknown.add(parsed.sql().lines().findFirst().orElse("")));
        }

        /// @return in the order of the up; empty when it is unknown
        private Optional<List<String>> inverse(Statement statement) {
            return switch (statement) {
                case Statement.CreateTable table -> create("TABLE", table.name(), table.ifNotExists());
                case Statement.CreateTableAs table -> create(table.kind().sql(), table.name(), table.ifNotExists());
                case Statement.CreateView view -> create("VIEW", view.name(), view.replace());
                case Statement.CreateType type -> create("TYPE", type.name(), false);
                case Statement.CreateDomain domain -> create("DOMAIN", domain.name(), false);
                case Statement.Sequence sequence when sequence.create() -> create("SEQUENCE", sequence.name(), false);
                case Statement.CreateSchema schema
                when schema.elements().isEmpty() -> known("DROP SCHEMA " + Identifiers.quote(schema.name()));
                case Statement.CreateIndex index -> index(index);
                case Statement.CreateTrigger trigger
                when !trigger.replace() ->
                    onTable(
                            trigger.table(),
                            "DROP TRIGGER " + Identifiers.quote(trigger.name()) + " ON "
                                    + trigger.table().sql());
                case Statement.AlterTable alter -> alter(alter);
                case Statement.Rename rename -> rename(rename);
                case Statement.UpdateRows update when fillsNewColumns(update) -> nothing();
                case Statement.InsertRows insert when created.contains(insert.table()) -> nothing();
                case Statement.TransactionControl _, Statement.SetVariable _, Statement.LockTable _ -> nothing();
                case Statement.Maintenance _ -> nothing();
                case Statement _ -> Optional.empty();
            };
        }

        private static Optional<List<String>> nothing() {
            return Optional.of(List.of());
        }

        private static Optional<List<String>> known(String sql) {
            return Optional.of(List.of(sql));
        }

        /// @param maybe it may have been there before, so dropping it could take what the up did not make
        private Optional<List<String>> create(String kind, QualifiedName name, boolean maybe) {
            if (maybe) {
                return Optional.empty();
            }
            created.add(name);
            return known("DROP " + kind + " " + name.sql());
        }

        /// What hangs on a table that the up makes goes with it.
        private Optional<List<String>> onTable(QualifiedName table, String sql) {
            return created.contains(table) ? nothing() : known(sql);
        }

        private Optional<List<String>> index(Statement.CreateIndex index) {
            if (created.contains(index.table())) {
                return nothing();
            }
            if (index.name().isEmpty() || index.ifNotExists()) {
                return Optional.empty();
            }
            QualifiedName name =
                    new QualifiedName(index.table().schema(), index.name().get());
            return known("DROP INDEX " + (index.concurrently() ? "CONCURRENTLY " : "") + name.sql());
        }

        private Optional<List<String>> alter(Statement.AlterTable alter) {
            if (created.contains(alter.name())) {
                return nothing();
            }
            List<String> undone = new ArrayList<>();
            for (AlterAction action : alter.actions()) {
                Optional<String> one = action(alter.name(), action);
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                undone.add("ALTER " + alter.kind().sql() + " " + alter.name().sql() + " " + one.get());
            }
            return Optional.of(undone);
        }

        private Optional<String> action(QualifiedName table, AlterAction action) {
            return switch (action) {
                case AlterAction.AddColumn add
                when !add.ifNotExists() -> {
                    added.add(column(table, add.column().name()));
                    yield Optional.of(
                            "DROP COLUMN " + Identifiers.quote(add.column().name()));
                }
                case AlterAction.AddConstraint add ->
                    add.constraint().name().map(name -> "DROP CONSTRAINT " + Identifiers.quote(name));
                case AlterAction.SetNotNull set ->
                    Optional.of("ALTER COLUMN " + Identifiers.quote(set.column()) + " DROP NOT NULL");
                case AlterAction.AttachPartition attach ->
                    Optional.of("DETACH PARTITION " + attach.partition().sql());
                case AlterAction.AddParent parent ->
                    Optional.of("NO INHERIT " + parent.parent().sql());
                case AlterAction.DropParent parent ->
                    Optional.of("INHERIT " + parent.parent().sql());
                case AlterAction _ -> Optional.empty();
            };
        }

        private static String column(QualifiedName table, String column) {
            return table + "." + column;
        }

        private boolean fillsNewColumns(Statement.UpdateRows update) {
            return created.contains(update.table())
                    || (!update.columns().isEmpty()
                            && update.columns().stream()
                                    .allMatch(name -> added.contains(column(update.table(), name))));
        }

        private static Optional<List<String>> rename(Statement.Rename rename) {
            String fresh = Identifiers.quote(rename.newName());
            if (rename.kind() == ObjectKind.COLUMN || rename.kind() == ObjectKind.TABLE_CONSTRAINT) {
                String word = rename.kind() == ObjectKind.COLUMN ? "COLUMN " : "CONSTRAINT ";
                return rename.member()
                        .map(old -> List.of("ALTER TABLE " + rename.relation().sql() + " RENAME " + word + fresh
                                + " TO " + Identifiers.quote(old)));
            }
            if (!rename.kind().isRelation()) {
                return Optional.empty();
            }
            QualifiedName now = new QualifiedName(rename.relation().schema(), rename.newName());
            return known("ALTER " + rename.kind().sql() + " " + now.sql() + " RENAME TO "
                    + Identifiers.quote(rename.relation().name()));
        }
    }
}
