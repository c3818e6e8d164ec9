package dev.godwit.dsl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Columns as Liquibase 4 writes them: of the types that it sends to PostgreSQL as they are.
final class LiquibaseColumns {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("bigint", "bigint"),
            Map.entry("integer", "int"),
            Map.entry("smallint", "smallint"),
            Map.entry("text", "text"),
            Map.entry("boolean", "boolean"),
            Map.entry("date", "date"),
            Map.entry("uuid", "uuid"),
            Map.entry("json", "json"),
            Map.entry("jsonb", "jsonb"),
            Map.entry("bytea", "bytea"),
            Map.entry("inet", "inet"),
            Map.entry("cidr", "cidr"),
            Map.entry("tsvector", "tsvector"),
            Map.entry("interval", "interval"),
            Map.entry("real", "real"),
            Map.entry("double precision", "double precision"),
            Map.entry("tstzrange", "tstzrange"),
            Map.entry("daterange", "daterange"),
            Map.entry("int4range", "int4range"),
            Map.entry("numeric", "numeric"),
            Map.entry("character varying", "varchar"),
            Map.entry("character", "char"),
            Map.entry("timestamp with time zone", "timestamp with time zone"),
            Map.entry("timestamp without time zone", "timestamp without time zone"));

    private static final Set<String> SIZED = Set.of("numeric", "character varying", "character");

    private LiquibaseColumns() {}

    static Optional<String> type(ColumnType type) {
        boolean sized = !type.arguments().isEmpty();
        boolean known = TYPES.containsKey(type.name()) && type.dimensions() <= 1;
        if (!known || (sized && !SIZED.contains(type.name()))) {
            return Optional.empty();
        }
        return Optional.of(TYPES.get(type.name())
                + (sized ? "(" + String.join(", ", type.arguments()) + ")" : "")
                + "[]".repeat(type.dimensions()));
    }

    /// @param primary the primary key that the column is in
    /// @return empty when Liquibase would not make just this of it
    static Optional<LiquibaseChange> of(NewColumn column, Optional<Rule.Primary> primary) {
        Optional<String> type = type(column.type());
        if (type.isEmpty()
                || !LiquibaseNames.isPlain(column.name())
                || column.generated().isPresent()) {
            return Optional.empty();
        }
        LiquibaseChange change =
                LiquibaseChange.of("column").with("name", column.name()).with("type", type.get());
        change = switch (column.identity()) {
            case NO -> change;
            case BY_DEFAULT -> change.with("autoIncrement", "true");
            case ALWAYS -> change.with("autoIncrement", "true").with("generationType", "ALWAYS");
        };
        Optional<String> value = column.defaultValue();
        if (value.isPresent()) {
            change = withDefault(change, column.type(), value.get());
        }
        LiquibaseChange constraints = LiquibaseChange.of("constraints");
        if (primary.isPresent()) {
            constraints = constraints
                    .with("primaryKey", "true")
                    .with("primaryKeyName", primary.get().name());
        }
        if (column.notNull()) {
            constraints = constraints.with("nullable", "false");
        }
        return Optional.of(constraints.attributes().isEmpty() ? change : change.with(List.of(constraints)));
    }

    private static LiquibaseChange withDefault(LiquibaseChange change, ColumnType type, String value) {
        boolean letters = Set.of("text", "character varying", "character").contains(type.name());
        if (type.dimensions() == 0 && letters && value.matches("'[A-Za-z0-9_ .@-]+'")) {
            return change.with("defaultValue", value.substring(1, value.length() - 1));
        }
        if (type.equals(new ColumnType("boolean", List.of(), 0)) && value.matches("(?i)true|false")) {
            return change.with("defaultValueBoolean", AlembicOperations.lower(value));
        }
        if ((type.isInteger() || type.name().equals("numeric")) && value.matches("[0-9]{1,9}")) {
            return change.with("defaultValueNumeric", value);
        }
        return change.with("defaultValueComputed", value);
    }
}
