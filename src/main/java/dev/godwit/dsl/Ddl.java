package dev.godwit.dsl;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// One change of a schema that was understood to its last token, so that it may be said in other words. What is not
/// one of these stays SQL.
sealed interface Ddl {
    record CreateTable(Name table, List<NewColumn> columns, List<Rule> rules) implements Ddl {
        public CreateTable {
            requireNonNull(table);
            columns = List.copyOf(columns);
            rules = List.copyOf(rules);
        }

        Optional<Rule.Primary> primary() {
            return rules.stream()
                    .filter(Rule.Primary.class::isInstance)
                    .map(Rule.Primary.class::cast)
                    .findFirst();
        }
    }

    /// @param method `btree` where none is said
    record CreateIndex(
            String name,
            Name table,
            String method,
            List<IndexKey> keys,
            List<String> include,
            Optional<String> where,
            boolean unique,
            boolean concurrently)
            implements Ddl {
        public CreateIndex {
            requireNonNull(name);
            requireNonNull(table);
            requireNonNull(method);
            keys = List.copyOf(keys);
            include = List.copyOf(include);
            requireNonNull(where);
        }
    }

    /// @param rules those written beside the column
    record AddColumn(Name table, NewColumn column, List<Rule> rules) implements Ddl {
        public AddColumn {
            requireNonNull(table);
            requireNonNull(column);
            rules = List.copyOf(rules);
        }
    }

    record DropColumn(Name table, String column) implements Ddl {}

    record AddRule(Name table, Rule rule) implements Ddl {}

    record DropRule(Name table, String rule) implements Ddl {}

    record SetNotNull(Name table, String column) implements Ddl {}

    record DropNotNull(Name table, String column) implements Ddl {}

    record SetDefault(Name table, String column, String value) implements Ddl {}

    record DropDefault(Name table, String column) implements Ddl {}

    record AlterType(Name table, String column, ColumnType type) implements Ddl {}

    record RenameTable(Name table, String to) implements Ddl {}

    record RenameColumn(Name table, String column, String to) implements Ddl {}

    record DropTable(Name table) implements Ddl {}

    record DropIndex(Name index, boolean concurrently) implements Ddl {}
}
