package dev.godwit.dsl;

import static dev.godwit.dsl.PythonCode.call;
import static dev.godwit.dsl.PythonCode.keyword;
import static dev.godwit.dsl.PythonCode.text;

import dev.godwit.source.framework.SqlAlchemyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `op.create_table` and its columns.
final class AlembicTable {
    private AlembicTable() {}

    static Optional<PythonCode> create(Ddl.CreateTable table) {
        List<String> key = table.primary().map(Rule.Primary::columns).orElse(List.of());
        List<PythonCode> arguments = new ArrayList<>(List.of(text(table.table().name())));
        for (NewColumn column : table.columns()) {
            Optional<PythonCode> written = column(column, key);
            if (written.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(written.get());
        }
        for (Rule rule : table.rules()) {
            Optional<PythonCode> written = AlembicRules.inTable(rule);
            if (written.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(written.get());
        }
        arguments.addAll(AlembicOperations.schema("schema", table.table()));
        return Optional.of(call("op.create_table", arguments));
    }

    /// SQLAlchemy makes a serial of the integer that is the only column of a primary key, and of no other, unless it is
    /// told not to.
    ///
    /// @param key the columns of the table's primary key
    static Optional<PythonCode> column(NewColumn column, List<String> key) {
        boolean only = key.equals(List.of(column.name()));
        boolean serial = column.type().isSerial();
        Optional<PythonCode> type = AlembicTypes.of(column.type());
        if (type.isEmpty() || (serial && (!only || column.defaultValue().isPresent()))) {
            return Optional.empty();
        }
        List<PythonCode> arguments = new ArrayList<>(List.of(text(column.name()), type.get()));
        switch (column.identity()) {
            case ALWAYS -> arguments.add(call("sa.Identity", keyword("always", true)));
            case BY_DEFAULT -> arguments.add(call("sa.Identity"));
            case NO -> {}
        }
        column.generated().ifPresent(expression -> arguments.add(computed(expression)));
        if (only && column.type().isInteger() && column.identity() == NewColumn.Identity.NO) {
            arguments.add(keyword("autoincrement", serial));
        }
        column.defaultValue()
                .ifPresent(value -> arguments.add(keyword("server_default", AlembicOperations.sql(value))));
        arguments.add(keyword("nullable", !column.notNull()));
        return Optional.of(call("sa.Column", arguments));
    }

    private static PythonCode computed(String expression) {
        return call("sa.Computed", text(SqlAlchemyText.of(expression)), keyword("persisted", true));
    }
}
