package dev.godwit.dsl;

import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a statement whose every word it knows. The statement was parsed before; this looks at its text again because
/// defaults, conditions and expressions must come out as they were written.
final class DdlReader {
    private final Cursor cursor;

    private DdlReader(Cursor cursor) {
        this.cursor = cursor;
    }

    /// @return the changes in order; empty when any part of the statement is not known, so that it has to stay SQL
    static Optional<List<Ddl>> read(ParsedStatement statement) {
        return read(new Cursor(statement.sql(), true));
    }

    private static Optional<List<Ddl>> read(Cursor cursor) {
        try {
            return Optional.of(List.copyOf(new DdlReader(cursor).statement()));
        } catch (Cursor.NotUnderstood _) {
            return Optional.empty();
        }
    }

    /// A derived undo has to say what an unqualified name is taken for; its author would go on without.
    ///
    /// @param up the script that the statement undoes
    static Optional<List<Ddl>> readBack(ParsedStatement statement, ParsedScript up) {
        return read(new Cursor(statement.sql(), up.source().content().contains(Cursor.PUBLIC)));
    }

    private List<? extends Ddl> statement() {
        if (cursor.accept("create", "table")) {
            return List.of(table());
        }
        if (cursor.accept("create", "unique", "index")) {
            return List.of(new IndexReader(cursor).read(true));
        }
        if (cursor.accept("create", "index")) {
            return List.of(new IndexReader(cursor).read(false));
        }
        if (cursor.accept("alter", "table")) {
            return alter();
        }
        if (cursor.accept("drop", "table")) {
            return names().stream().map(Ddl.DropTable::new).toList();
        }
        cursor.expect("drop", "index");
        boolean concurrently = cursor.accept("concurrently");
        return names().stream()
                .map(name -> new Ddl.DropIndex(name, concurrently))
                .toList();
    }

    /// IF EXISTS is no name: two words would follow each other.
    private List<Name> names() {
        List<Name> names = new ArrayList<>();
        do {
            names.add(cursor.name());
        } while (cursor.acceptSign(","));
        cursor.end();
        return names;
    }

    private Ddl table() {
        Name table = cursor.name();
        RuleReader rules = new RuleReader(cursor, table);
        List<NewColumn> columns = new ArrayList<>();
        List<Rule> found = new ArrayList<>();
        cursor.expectSign("(");
        do {
            if (rules.beginsHere()) {
                found.add(rules.tableRule());
            } else {
                Cursor.check(!cursor.isWord("like") && !cursor.isWord("exclude"));
                ColumnReader reader = new ColumnReader(cursor, rules);
                columns.add(reader.column());
                found.addAll(reader.rules());
            }
        } while (cursor.acceptSign(","));
        cursor.expectSign(")");
        cursor.end();
        return withKeys(new Ddl.CreateTable(table, columns, found));
    }

    /// The columns of a primary key take no NULL, wherever it is written.
    private static Ddl withKeys(Ddl.CreateTable table) {
        List<String> keys = table.primary().map(Rule.Primary::columns).orElse(List.of());
        List<NewColumn> columns = table.columns().stream()
                .map(column -> keys.contains(column.name()) ? column.filled() : column)
                .toList();
        return new Ddl.CreateTable(table.table(), columns, table.rules());
    }

    private List<Ddl> alter() {
        Name table = cursor.name();
        if (cursor.accept("rename")) {
            return List.of(rename(table));
        }
        AlterReader actions = new AlterReader(cursor, table);
        List<Ddl> changes = new ArrayList<>();
        do {
            changes.add(actions.action());
        } while (cursor.acceptSign(","));
        cursor.end();
        Cursor.check(AlterReader.standsOneByOne(changes));
        return changes;
    }

    private Ddl rename(Name table) {
        Cursor.check(!cursor.isWord("constraint"));
        if (cursor.accept("to")) {
            Ddl renamed = new Ddl.RenameTable(table, cursor.identifier());
            cursor.end();
            return renamed;
        }
        boolean _ = cursor.accept("column");
        String column = cursor.identifier();
        cursor.expect("to");
        Ddl renamed = new Ddl.RenameColumn(table, column, cursor.identifier());
        cursor.end();
        return renamed;
    }
}
