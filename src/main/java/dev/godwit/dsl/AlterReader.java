package dev.godwit.dsl;

import java.util.List;
import java.util.Optional;

/// Reads the actions of ALTER TABLE.
final class AlterReader {
    private final Cursor cursor;
    private final Name table;
    private final RuleReader rules;

    AlterReader(Cursor cursor, Name table) {
        this.cursor = cursor;
        this.table = table;
        this.rules = new RuleReader(cursor, table);
    }

    Ddl action() {
        if (cursor.accept("add")) {
            return add();
        }
        if (cursor.accept("drop")) {
            return drop();
        }
        cursor.expect("alter");
        boolean _ = cursor.accept("column");
        return column(cursor.identifier());
    }

    private Ddl add() {
        if (rules.beginsHere()) {
            return new Ddl.AddRule(table, rules.tableRule());
        }
        boolean _ = cursor.accept("column");
        Cursor.check(!(cursor.isWord("if") && cursor.isNext("not")));
        ColumnReader reader = new ColumnReader(cursor, rules);
        NewColumn column = reader.column();
        return new Ddl.AddColumn(table, column, reader.rules());
    }

    private Ddl drop() {
        if (cursor.accept("constraint")) {
            return new Ddl.DropRule(table, lastName());
        }
        boolean _ = cursor.accept("column");
        return new Ddl.DropColumn(table, lastName());
    }

    /// IF EXISTS before it and CASCADE behind it are not read.
    private String lastName() {
        String name = cursor.identifier();
        Cursor.check(cursor.atEnd() || cursor.isSign(","));
        return name;
    }

    private Ddl column(String column) {
        if (cursor.accept("set", "not", "null")) {
            return new Ddl.SetNotNull(table, column);
        }
        if (cursor.accept("drop", "not", "null")) {
            return new Ddl.DropNotNull(table, column);
        }
        if (cursor.accept("set", "default")) {
            return new Ddl.SetDefault(table, column, cursor.expression(_ -> false));
        }
        if (cursor.accept("drop", "default")) {
            return new Ddl.DropDefault(table, column);
        }
        boolean data = cursor.accept("set", "data");
        cursor.expect("type");
        Cursor.check(!data || !cursor.atEnd());
        return new Ddl.AlterType(table, column, ColumnReader.type(cursor));
    }

    /// Whatever their order, PostgreSQL takes what drops first, then types, columns, and the rest. One by one they do
    /// the same only when they are written in that order.
    static boolean standsOneByOne(List<Ddl> changes) {
        int last = 0;
        Optional<Class<?>> kind = Optional.empty();
        for (Ddl change : changes) {
            int pass = pass(change);
            if (pass < last || (pass == 3 && kind.isPresent() && !kind.get().equals(change.getClass()))) {
                return false;
            }
            kind = pass == 3 ? Optional.of(change.getClass()) : kind;
            last = pass;
        }
        return true;
    }

    private static int pass(Ddl change) {
        return switch (change) {
            case Ddl.DropColumn _, Ddl.DropRule _, Ddl.DropNotNull _, Ddl.DropDefault _ -> 0;
            case Ddl.AlterType _ -> 1;
            case Ddl.AddColumn _ -> 2;
            case Ddl.AddRule _, Ddl.SetNotNull _, Ddl.SetDefault _ -> 3;
            case Ddl.CreateTable _,
                    Ddl.CreateIndex _,
                    Ddl.RenameTable _,
                    Ddl.RenameColumn _,
                    Ddl.DropTable _,
                    Ddl.DropIndex _ -> 4;
        };
    }
}
