package dev.godwit.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads one column of CREATE TABLE or ADD COLUMN, and the types of others.
final class ColumnReader {
    private static final Set<String> FIELDS =
            Set.of("year", "month", "day", "hour", "minute", "second", "with", "without", "varying", "array");

    private final Cursor cursor;
    private final RuleReader rules;
    private final List<Rule> found = new ArrayList<>();
    private boolean notNull;
    private Optional<String> defaultValue = Optional.empty();
    private Optional<String> generated = Optional.empty();
    private NewColumn.Identity identity = NewColumn.Identity.NO;

    ColumnReader(Cursor cursor, RuleReader rules) {
        this.cursor = cursor;
        this.rules = rules;
    }

    /// @return the constraints beside the column that was read
    List<Rule> rules() {
        return found;
    }

    NewColumn column() {
        String name = cursor.identifier();
        ColumnType type = type(cursor);
        while (!cursor.atEnd() && !cursor.isSign(",") && !cursor.isSign(")")) {
            option(name);
        }
        boolean key = found.stream().anyMatch(Rule.Primary.class::isInstance);
        boolean filled = notNull || key || type.isSerial() || identity != NewColumn.Identity.NO;
        return new NewColumn(name, type, filled, defaultValue, identity, generated);
    }

    /// A NOT NULL with a name of its own is more than most languages can say.
    private void option(String name) {
        Optional<String> written = rules.writtenName();
        Optional<Rule> rule = rules.columnRule(written, name);
        rule.ifPresent(found::add);
        if (rule.isEmpty()) {
            Cursor.check(written.isEmpty());
            plainOption();
        }
    }

    private void plainOption() {
        if (cursor.accept("not", "null")) {
            notNull = true;
        } else if (cursor.accept("default")) {
            defaultValue = Optional.of(cursor.expression(ColumnReader::endsDefault));
        } else if (cursor.accept("generated")) {
            generated();
        } else {
            cursor.expect("null");
        }
    }

    /// A default cannot hold these words outside parentheses, but as its first one.
    static boolean endsDefault(Cursor at) {
        return (at.isWord("not") && at.isNext("null"))
                || Stream.of("null", "check", "constraint", "unique", "primary", "references", "generated", "collate")
                        .anyMatch(at::isWord)
                || Stream.of("deferrable", "initially", "storage", "compression")
                        .anyMatch(at::isWord);
    }

    private void generated() {
        if (cursor.accept("always", "as", "identity")) {
            identity = NewColumn.Identity.ALWAYS;
        } else if (cursor.accept("by", "default", "as", "identity")) {
            identity = NewColumn.Identity.BY_DEFAULT;
        } else {
            cursor.expect("always", "as");
            generated = Optional.of(cursor.inParentheses());
            cursor.expect("stored");
        }
        Cursor.check(!cursor.isSign("("));
    }

    static ColumnType type(Cursor cursor) {
        String name = typeName(cursor);
        List<String> arguments = arguments(cursor);
        String full = name;
        if (name.equals("timestamp") || name.equals("time")) {
            full = name + " without time zone";
            if (cursor.accept("with", "time", "zone")) {
                full = name + " with time zone";
            } else {
                boolean _ = cursor.accept("without", "time", "zone");
            }
        }
        return new ColumnType(ColumnType.inFull(full), arguments, dimensions(cursor));
    }

    private static String typeName(Cursor cursor) {
        Cursor.check(cursor.atWord() && !cursor.isBefore("."));
        String first = cursor.word();
        Cursor.check(!first.equals("national") && !first.equals("setof") && !first.equals("nchar"));
        if (first.equals("double")) {
            cursor.expect("precision");
            return "double precision";
        }
        boolean letters = first.equals("character") || first.equals("char") || first.equals("bit");
        if (letters && cursor.accept("varying")) {
            return first.equals("bit") ? "bit varying" : "character varying";
        }
        Cursor.check(!first.equals("interval") || FIELDS.stream().noneMatch(cursor::isWord));
        return first;
    }

    private static List<String> arguments(Cursor cursor) {
        List<String> arguments = new ArrayList<>();
        if (cursor.acceptSign("(")) {
            do {
                arguments.add(cursor.number());
            } while (cursor.acceptSign(","));
            cursor.expectSign(")");
        }
        return arguments;
    }

    private static int dimensions(Cursor cursor) {
        int dimensions = 0;
        while (cursor.acceptSign("[")) {
            if (!cursor.isSign("]")) {
                cursor.number();
            }
            cursor.expectSign("]");
            dimensions++;
        }
        return dimensions;
    }
}
