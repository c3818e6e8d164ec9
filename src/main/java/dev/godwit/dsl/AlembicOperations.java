package dev.godwit.dsl;

import static dev.godwit.dsl.PythonCode.call;
import static dev.godwit.dsl.PythonCode.keyword;
import static dev.godwit.dsl.PythonCode.text;
import static dev.godwit.dsl.PythonCode.texts;
import static dev.godwit.dsl.PythonCode.word;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One change as a call of Alembic's `op`.
final class AlembicOperations {
    private AlembicOperations() {}

    /// @return empty when one of them has no call that says just this
    static Optional<List<PythonCode>> of(List<Ddl> changes) {
        List<PythonCode> calls = new ArrayList<>();
        changes.forEach(change -> operation(change).ifPresent(calls::add));
        return calls.size() == changes.size() ? Optional.of(calls) : Optional.empty();
    }

    private static Optional<PythonCode> operation(Ddl change) {
        return switch (change) {
            case Ddl.CreateTable table -> AlembicTable.create(table);
            case Ddl.CreateIndex index -> index(index);
            case Ddl.AddColumn add -> addColumn(add);
            case Ddl.DropColumn drop -> Optional.of(on("op.drop_column", drop.table(), text(drop.column())));
            case Ddl.AddRule add -> AlembicRules.operation(add.table(), add.rule());
            case Ddl.DropRule drop -> Optional.of(dropRule(drop));
            case Ddl.SetNotNull set -> Optional.of(alter(set.table(), set.column(), keyword("nullable", false)));
            case Ddl.DropNotNull drop -> Optional.of(alter(drop.table(), drop.column(), keyword("nullable", true)));
            case Ddl.SetDefault set ->
                Optional.of(alter(set.table(), set.column(), keyword("server_default", sql(set.value()))));
            case Ddl.DropDefault drop ->
                Optional.of(alter(drop.table(), drop.column(), keyword("server_default", word("None"))));
            case Ddl.AlterType alter ->
                AlembicTypes.of(alter.type())
                        .filter(_ -> !alter.type().isSerial())
                        .map(type -> alter(alter.table(), alter.column(), keyword("type_", type)));
            case Ddl.RenameTable rename -> Optional.of(on("op.rename_table", rename.table(), text(rename.to())));
            case Ddl.RenameColumn rename ->
                Optional.of(alter(rename.table(), rename.column(), keyword("new_column_name", text(rename.to()))));
            case Ddl.DropTable drop -> Optional.of(on("op.drop_table", drop.table()));
            case Ddl.DropIndex drop -> Optional.of(dropIndex(drop));
        };
    }

    /// @return `sa.text("…")`
    static PythonCode sql(String expression) {
        return call("sa.text", text(dev.godwit.source.framework.SqlAlchemyText.of(expression)));
    }

    private static PythonCode on(String function, Name table, PythonCode... arguments) {
        List<PythonCode> all = new ArrayList<>(List.of(text(table.name())));
        all.addAll(List.of(arguments));
        all.addAll(schema("schema", table));
        return call(function, all);
    }

    static List<PythonCode> schema(String keyword, Name table) {
        return table.schema().map(name -> keyword(keyword, text(name))).stream().toList();
    }

    private static PythonCode alter(Name table, String column, PythonCode change) {
        return on("op.alter_column", table, text(column), change);
    }

    private static PythonCode dropRule(Ddl.DropRule drop) {
        List<PythonCode> arguments = new ArrayList<>(
                List.of(AlembicRules.named(drop.rule()), text(drop.table().name())));
        arguments.addAll(schema("schema", drop.table()));
        return call("op.drop_constraint", arguments);
    }

    private static PythonCode dropIndex(Ddl.DropIndex drop) {
        List<PythonCode> arguments = new ArrayList<>(List.of(text(drop.index().name())));
        arguments.addAll(schema("schema", drop.index()));
        if (drop.concurrently()) {
            arguments.add(keyword("postgresql_concurrently", true));
        }
        return call("op.drop_index", arguments);
    }

    /// A constraint beside a new column costs no look at the rows that are there; as a statement of its own it would.
    private static Optional<PythonCode> addColumn(Ddl.AddColumn add) {
        boolean plain = add.rules().isEmpty() && !add.column().type().isSerial();
        return Optional.of(add)
                .filter(_ -> plain)
                .flatMap(_ -> AlembicTable.column(add.column(), List.of()))
                .map(column -> on("op.add_column", add.table(), column));
    }

    private static Optional<PythonCode> index(Ddl.CreateIndex index) {
        if (index.keys().stream()
                .anyMatch(key -> key.operatorClass().isPresent() && key.column().isEmpty())) {
            return Optional.empty();
        }
        List<PythonCode> arguments = new ArrayList<>();
        arguments.add(text(index.name()));
        arguments.add(text(index.table().name()));
        arguments.add(new PythonCode.Items(
                index.keys().stream().map(AlembicOperations::key).toList()));
        if (index.unique()) {
            arguments.add(keyword("unique", true));
        }
        arguments.addAll(schema("schema", index.table()));
        if (!index.method().equals("btree")) {
            arguments.add(keyword("postgresql_using", text(index.method())));
        }
        if (!index.include().isEmpty()) {
            arguments.add(keyword("postgresql_include", texts(index.include())));
        }
        index.where().ifPresent(where -> arguments.add(keyword("postgresql_where", sql(where))));
        if (index.concurrently()) {
            arguments.add(keyword("postgresql_concurrently", true));
        }
        return Optional.of(call("op.create_index", arguments));
    }

    private static PythonCode key(IndexKey key) {
        return key.column()
                .filter(_ -> key.isPlainColumn())
                .map(PythonCode::text)
                .orElseGet(() -> sql(key.sql()));
    }

    static String lower(String words) {
        return words.toLowerCase(Locale.ROOT);
    }
}
