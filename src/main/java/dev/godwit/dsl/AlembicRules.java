package dev.godwit.dsl;

import static dev.godwit.dsl.AlembicOperations.schema;
import static dev.godwit.dsl.PythonCode.call;
import static dev.godwit.dsl.PythonCode.keyword;
import static dev.godwit.dsl.PythonCode.text;
import static dev.godwit.dsl.PythonCode.texts;

import dev.godwit.source.framework.SqlAlchemyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Constraints, in a table of their own or as an operation. Each has its name, marked as final by `op.f`, so that no
/// naming convention of the project makes another of it.
final class AlembicRules {
    private AlembicRules() {}

    static PythonCode named(String name) {
        return call("op.f", text(name));
    }

    static Optional<PythonCode> inTable(Rule rule) {
        PythonCode name = keyword("name", named(rule.name()));
        return switch (rule) {
            case Rule.Primary key -> Optional.of(columns("sa.PrimaryKeyConstraint", key.columns(), name));
            case Rule.Unique key -> Optional.of(columns("sa.UniqueConstraint", key.columns(), name));
            case Rule.Check check ->
                Optional.of(call("sa.CheckConstraint", text(SqlAlchemyText.of(check.condition())), name));
            case Rule.Foreign key -> foreign(key, name);
        };
    }

    private static PythonCode columns(String function, List<String> columns, PythonCode name) {
        List<PythonCode> arguments = new ArrayList<>();
        columns.forEach(column -> arguments.add(text(column)));
        arguments.add(name);
        return call(function, arguments);
    }

    /// The columns referred to are one string each, `schema.table.column`.
    private static Optional<PythonCode> foreign(Rule.Foreign key, PythonCode name) {
        Name table = key.references();
        boolean dotted = key.referenced().stream().anyMatch(column -> column.contains("."))
                || table.name().contains(".")
                || table.schema().filter(word -> word.contains(".")).isPresent();
        if (dotted || key.referenced().isEmpty()) {
            return Optional.empty();
        }
        String prefix = table.schema().map(word -> word + ".").orElse("") + table.name() + ".";
        List<PythonCode> arguments = new ArrayList<>();
        arguments.add(texts(key.columns()));
        arguments.add(
                texts(key.referenced().stream().map(column -> prefix + column).toList()));
        arguments.add(name);
        arguments.addAll(actions(key));
        return Optional.of(call("sa.ForeignKeyConstraint", arguments));
    }

    private static List<PythonCode> actions(Rule.Foreign key) {
        List<PythonCode> arguments = new ArrayList<>();
        key.onUpdate().ifPresent(action -> arguments.add(keyword("onupdate", text(action))));
        key.onDelete().ifPresent(action -> arguments.add(keyword("ondelete", text(action))));
        if (key.deferrable() != Rule.Deferrable.NO) {
            arguments.add(keyword("deferrable", true));
        }
        if (key.deferrable() == Rule.Deferrable.INITIALLY_DEFERRED) {
            arguments.add(keyword("initially", text("DEFERRED")));
        }
        if (key.notValid()) {
            arguments.add(keyword("postgresql_not_valid", true));
        }
        return arguments;
    }

    static Optional<PythonCode> operation(Name table, Rule rule) {
        List<PythonCode> arguments = new ArrayList<>(List.of(named(rule.name()), text(table.name())));
        List<PythonCode> schema = schema("schema", table);
        switch (rule) {
            case Rule.Primary key -> arguments.add(texts(key.columns()));
            case Rule.Unique key -> arguments.add(texts(key.columns()));
            case Rule.Check check -> arguments.add(text(SqlAlchemyText.of(check.condition())));
            case Rule.Foreign key -> {
                return operation(table, key);
            }
        }
        arguments.addAll(schema);
        if (rule instanceof Rule.Check check && check.notValid()) {
            arguments.add(keyword("postgresql_not_valid", true));
        }
        String function = rule instanceof Rule.Primary
                ? "op.create_primary_key"
                : rule instanceof Rule.Unique ? "op.create_unique_constraint" : "op.create_check_constraint";
        return Optional.of(call(function, arguments));
    }

    private static Optional<PythonCode> operation(Name table, Rule.Foreign key) {
        if (key.referenced().isEmpty()) {
            return Optional.empty();
        }
        List<PythonCode> arguments = new ArrayList<>();
        arguments.add(named(key.name()));
        arguments.add(text(table.name()));
        arguments.add(text(key.references().name()));
        arguments.add(texts(key.columns()));
        arguments.add(texts(key.referenced()));
        arguments.addAll(actions(key));
        arguments.addAll(schema("source_schema", table));
        arguments.addAll(schema("referent_schema", key.references()));
        return Optional.of(call("op.create_foreign_key", arguments));
    }
}
