package dev.godwit.source.framework;

import dev.godwit.source.Migration;
import dev.godwit.source.Project;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The models of a project as its migrations leave them, as far as their text tells: which table each has, and which
/// field stands for which column. An app with an operation that only Python could work out has none.
public final class DjangoModels {
    private final Map<String, Model> models = new LinkedHashMap<>();
    private final Set<String> unknown = new HashSet<>();

    /// @param name as the migrations refer to it, in lower case
    /// @param fields by column
    public record Model(String app, String name, String table, Map<String, String> fields) {
        public Model {
            fields = Map.copyOf(fields);
        }

        private Model with(String column, String field) {
            Map<String, String> more = new LinkedHashMap<>(fields);
            more.values().removeIf(field::equals);
            more.put(column, field);
            return new Model(app, name, table, more);
        }

        private Model without(String field) {
            Map<String, String> less = new LinkedHashMap<>(fields);
            less.values().removeIf(field::equals);
            return new Model(app, name, table, less);
        }
    }

    private DjangoModels() {}

    public static DjangoModels of(Project project) {
        DjangoModels models = new DjangoModels();
        if (DjangoProject.of(project).isPresent()) {
            new Django().list(project).migrations().forEach(models::read);
        }
        return models;
    }

    /// @return empty also when two models have it, or two apps a model of that name
    public Optional<Model> ofTable(String table) {
        List<Model> found = models.values().stream()
                .filter(model -> model.table().equals(table) && !unknown.contains(model.app()))
                .toList();
        return found.size() == 1 && apps(found.getFirst().name()).size() == 1
                ? Optional.of(found.getFirst())
                : Optional.empty();
    }

    /// @return the apps that have a model of this name
    List<String> apps(String model) {
        return models.values().stream()
                .filter(one -> one.name().equals(model))
                .map(Model::app)
                .toList();
    }

    private void read(Migration migration) {
        String app = DjangoKey.of(migration.version()).app();
        List<PythonLine> body =
                PythonFile.of(migration.up().text()).type("Migration").orElse(List.of());
        Optional<PythonValue> operations = body.isEmpty()
                ? Optional.empty()
                : PythonFile.value(body, body.getFirst().indent(), "operations");
        operations.ifPresent(value -> readAll(app, value));
    }

    private void readAll(String app, PythonValue operations) {
        if (operations instanceof PythonValue.Items(List<PythonValue> values)) {
            values.forEach(value -> read(app, value));
        } else {
            unknown.add(app);
        }
    }

    private void read(String app, PythonValue operation) {
        if (!(operation instanceof PythonValue.Call call)) {
            unknown.add(app);
            return;
        }
        switch (call.simpleName()) {
            case "CreateModel" -> create(app, call);
            case "DeleteModel" -> models.remove(key(app, text(call, 0, "name")));
            case "RenameModel" -> renameModel(app, call);
            case "AlterModelTable" -> table(app, call);
            case "AddField", "AlterField" -> field(app, call);
            case "RemoveField" -> change(app, call, (model, field) -> model.without(field));
            case "RenameField" -> renameField(app, call);
            case "SeparateDatabaseAndState" ->
                call.argument(1, "state_operations").ifPresent(value -> readAll(app, value));
            default -> {}
        }
    }

    private static String key(String app, String model) {
        return app + "." + model.toLowerCase(Locale.ROOT);
    }

    private static String text(PythonValue.Call call, int position, String keyword) {
        return call.argument(position, keyword)
                .filter(PythonValue.Text.class::isInstance)
                .map(value -> ((PythonValue.Text) value).value())
                .orElse("");
    }

    private void create(String app, PythonValue.Call call) {
        String name = text(call, 0, "name").toLowerCase(Locale.ROOT);
        String table = option(call.argument(2, "options"), "db_table").orElse(app + "_" + name);
        Model model = new Model(app, name, table, Map.of());
        if (call.argument(1, "fields").orElse(new PythonValue.Unknown())
                instanceof PythonValue.Items(List<PythonValue> fields)) {
            for (PythonValue field : fields) {
                if (field instanceof PythonValue.Items(List<PythonValue> pair)
                        && pair.size() == 2
                        && pair.getFirst() instanceof PythonValue.Text(String called)) {
                    model = model.with(column(called, pair.getLast()), called);
                }
            }
        }
        models.put(key(app, name), model);
    }

    /// Of a dictionary the reader gives keys and values in one row.
    private static Optional<String> option(Optional<PythonValue> options, String key) {
        List<PythonValue> row = options.filter(PythonValue.Items.class::isInstance)
                .map(value -> ((PythonValue.Items) value).values())
                .orElse(List.of());
        for (int i = 0; i + 1 < row.size(); i += 2) {
            if (row.get(i) instanceof PythonValue.Text(String word)
                    && word.equals(key)
                    && row.get(i + 1) instanceof PythonValue.Text(String value)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static String column(String field, PythonValue type) {
        if (!(type instanceof PythonValue.Call call)) {
            return field;
        }
        boolean reference =
                call.simpleName().equals("ForeignKey") || call.simpleName().equals("OneToOneField");
        return Optional.ofNullable(call.keywords().get("db_column"))
                .filter(PythonValue.Text.class::isInstance)
                .map(value -> ((PythonValue.Text) value).value())
                .orElse(field + (reference ? "_id" : ""));
    }

    private interface Change {
        Model of(Model model, String field);
    }

    private void change(String app, PythonValue.Call call, Change change) {
        String field = text(call, 1, "name");
        models.computeIfPresent(key(app, text(call, 0, "model_name")), (_, model) -> change.of(model, field));
    }

    private void field(String app, PythonValue.Call call) {
        PythonValue type = call.argument(2, "field").orElse(new PythonValue.Unknown());
        change(app, call, (model, field) -> model.with(column(field, type), field));
    }

    /// A column that a field names itself keeps its name.
    private void renameField(String app, PythonValue.Call call) {
        String old = text(call, 1, "old_name");
        String fresh = text(call, 2, "new_name");
        models.computeIfPresent(key(app, text(call, 0, "model_name")), (_, model) -> {
            List<String> columns = new ArrayList<>(model.fields().keySet());
            columns.removeIf(column -> !old.equals(model.fields().get(column)));
            String column = columns.isEmpty() ? old : columns.getFirst();
            String renamed = column.equals(old) ? fresh : column.equals(old + "_id") ? fresh + "_id" : column;
            return model.without(old).with(renamed, fresh);
        });
    }

    private void renameModel(String app, PythonValue.Call call) {
        String old = text(call, 0, "old_name").toLowerCase(Locale.ROOT);
        String fresh = text(call, 1, "new_name").toLowerCase(Locale.ROOT);
        Optional.ofNullable(models.remove(key(app, old))).ifPresent(model -> {
            String table = model.table().equals(app + "_" + old) ? app + "_" + fresh : model.table();
            models.put(key(app, fresh), new Model(app, fresh, table, model.fields()));
        });
    }

    private void table(String app, PythonValue.Call call) {
        String table = text(call, 1, "table");
        models.computeIfPresent(
                key(app, text(call, 0, "name")),
                (_, model) -> new Model(
                        app, model.name(), table.isEmpty() ? app + "_" + model.name() : table, model.fields()));
    }
}
