package dev.godwit.dsl;

import static dev.godwit.dsl.PythonCode.call;
import static dev.godwit.dsl.PythonCode.keyword;
import static dev.godwit.dsl.PythonCode.text;
import static dev.godwit.dsl.PythonCode.word;

import dev.godwit.plan.Inverse;
import dev.godwit.source.framework.DjangoModels;
import dev.godwit.statement.Lexeme;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operations of one migration, statement by statement.
final class DjangoOperations {
    /// What Django gives as the longest name of an index.
    private static final int LONGEST_INDEX = 30;

    private final DjangoModels models;
    private final ParsedScript up;
    private final SqlComments comments;
    private final Map<String, NewColumn> added = new HashMap<>();
    private boolean spoken;

    DjangoOperations(DjangoModels models, ParsedScript up) {
        this.models = models;
        this.up = up;
        this.comments = new SqlComments(up);
    }

    /// @return whether an operation was found that is more than SQL
    boolean speakOfModels() {
        return spoken;
    }

    List<PythonCode> all() {
        List<PythonCode> operations = new ArrayList<>();
        for (ParsedStatement statement : up.statements()) {
            Optional<PythonCode> own = DdlReader.read(statement)
                    .filter(changes -> changes.size() == 1)
                    .flatMap(changes -> operation(changes.getFirst(), statement));
            spoken |= own.isPresent();
            if (own.isPresent()) {
                comments.of(statement).forEach(comment -> operations.add(word("# " + comment)));
            }
            operations.add(
                    own.orElseGet(() -> runSql(comments.withSql(statement).strip(), statement)));
        }
        return operations;
    }

    private Optional<PythonCode> operation(Ddl change, ParsedStatement statement) {
        return switch (change) {
            case Ddl.AddColumn add -> model(add.table()).flatMap(model -> addColumn(model, add, statement));
            case Ddl.CreateIndex index -> model(index.table()).flatMap(model -> index(model, index));
            case Ddl.RenameColumn rename -> model(rename.table()).flatMap(model -> rename(model, rename));
            case Ddl.SetNotNull set -> model(set.table()).flatMap(model -> setNotNull(model, set, statement));
            case Ddl.CreateTable _,
                    Ddl.DropColumn _,
                    Ddl.AddRule _,
                    Ddl.DropRule _,
                    Ddl.DropNotNull _,
                    Ddl.SetDefault _,
                    Ddl.DropDefault _,
                    Ddl.AlterType _,
                    Ddl.RenameTable _,
                    Ddl.DropTable _,
                    Ddl.DropIndex _ -> Optional.empty();
        };
    }

    private Optional<DjangoModels.Model> model(Name table) {
        return table.schema().isPresent() ? Optional.empty() : models.ofTable(table.name());
    }

    private static PythonCode onField(String operation, String model, String name, PythonCode field) {
        return call(
                "migrations." + operation,
                keyword("model_name", text(model)),
                keyword("name", text(name)),
                keyword("field", field));
    }

    private Optional<PythonCode> addColumn(DjangoModels.Model model, Ddl.AddColumn add, ParsedStatement statement) {
        NewColumn column = add.column();
        if (!add.rules().isEmpty() || model.fields().containsValue(column.name())) {
            return Optional.empty();
        }
        Optional<PythonCode> field = DjangoFields.of(column);
        field.ifPresent(_ -> added.put(model.name() + "." + column.name(), column));
        return field.map(code -> onField("AddField", model.name(), column.name(), code))
                .map(code -> DjangoFields.isSaidByField(column) ? code : separate(statement, code));
    }

    /// Only of a column that this migration adds is the whole field known.
    private Optional<PythonCode> setNotNull(DjangoModels.Model model, Ddl.SetNotNull set, ParsedStatement statement) {
        return Optional.ofNullable(added.get(model.name() + "." + set.column()))
                .flatMap(column -> DjangoFields.of(column.filled()))
                .map(field -> separate(statement, onField("AlterField", model.name(), set.column(), field)));
    }

    private PythonCode separate(ParsedStatement statement, PythonCode state) {
        return call(
                "migrations.SeparateDatabaseAndState",
                keyword("database_operations", new PythonCode.Items(List.of(runSql(statement.sql(), statement)))),
                keyword("state_operations", new PythonCode.Items(List.of(state))));
    }

    private static Optional<PythonCode> rename(DjangoModels.Model model, Ddl.RenameColumn rename) {
        boolean plain = rename.column().equals(model.fields().get(rename.column())) && DjangoFields.isName(rename.to());
        return plain
                ? Optional.of(call(
                        "migrations.RenameField",
                        keyword("model_name", text(model.name())),
                        keyword("old_name", text(rename.column())),
                        keyword("new_name", text(rename.to()))))
                : Optional.empty();
    }

    private Optional<PythonCode> index(DjangoModels.Model model, Ddl.CreateIndex index) {
        boolean more = index.unique()
                || index.where().isPresent()
                || !index.include().isEmpty()
                || !index.method().equals("btree")
                || index.name().length() > LONGEST_INDEX
                || !index.name().matches("[a-z][a-z0-9_]*");
        List<String> fields =
                index.keys().stream().flatMap(key -> field(model, key).stream()).toList();
        if (more || fields.size() != index.keys().size()) {
            return Optional.empty();
        }
        PythonCode code =
                call("models.Index", keyword("fields", PythonCode.texts(fields)), keyword("name", text(index.name())));
        return Optional.of(call(
                index.concurrently() ? "AddIndexConcurrently" : "migrations.AddIndex",
                keyword("model_name", text(model.name())),
                keyword("index", code)));
    }

    private Optional<String> field(DjangoModels.Model model, IndexKey key) {
        boolean known = key.operatorClass().isEmpty() && (key.order().isEmpty() || key.isDescending());
        return key.column()
                .filter(_ -> known)
                .flatMap(column -> Optional.ofNullable(model.fields().get(column))
                        .or(() -> Optional.ofNullable(added.get(model.name() + "." + column))
                                .map(NewColumn::name)))
                .map(field -> (key.isDescending() ? "-" : "") + field);
    }

    /// What the whole has an undo for and the statement alone has none, needs none: it goes with what holds it.
    private PythonCode runSql(String sql, ParsedStatement statement) {
        Optional<String> back = Inverse.of(Scripts.parse(new SourceText("up", statement.sql())))
                .sql()
                .map(String::strip)
                .map(text -> text.replaceFirst(";$", ""));
        return call(
                "migrations.RunSQL",
                keyword("sql", literal(sql)),
                keyword("reverse_sql", back.map(DjangoOperations::literal).orElse(word("migrations.RunSQL.noop"))));
    }

    /// Over several lines a string is put together of its lines where an indentation would be part of the value.
    private static PythonCode literal(String sql) {
        if (sql.indexOf('\n') < 0) {
            return text(sql);
        }
        List<String> lines = new ArrayList<>();
        boolean exact = Lexeme.of(sql).stream().anyMatch(lexeme -> lexeme.text().indexOf('\n') >= 0);
        lines.add(exact ? "(" : "\"\"\"");
        List<String> content = sql.lines().toList();
        for (int i = 0; i < content.size(); i++) {
            String end = i + 1 < content.size() ? "\n" : "";
            lines.add(
                    exact
                            ? "    " + text(content.get(i) + end).line().orElseThrow()
                            : "    " + content.get(i).replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\""));
        }
        lines.add(exact ? ")" : "\"\"\"");
        return new PythonCode.Lines(lines);
    }
}
