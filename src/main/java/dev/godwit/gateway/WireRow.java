package dev.godwit.gateway;

import dev.godwit.db.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [Row] of text values as the server sent them.
record WireRow(List<String> columns, List<@Nullable String> values) implements Row {
    @Override
    public String text(String column) {
        String value = textOrNull(column);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is NULL where a value was expected");
        }
        return value;
    }

    @Override
    public @Nullable String textOrNull(String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new IllegalStateException("no column " + column + " in " + columns);
        }
        return values.get(index);
    }

    @Override
    public long number(String column) {
        return Long.parseLong(text(column));
    }

    @Override
    public double decimal(String column) {
        return Double.parseDouble(text(column));
    }

    @Override
    public boolean flag(String column) {
        return text(column).equals("t");
    }

    @Override
    public boolean isNull(String column) {
        return textOrNull(column) == null;
    }

    /// Source: PostgreSQL manual, section 8.15.6: elements are quoted where they need it, and `\` takes what follows
    /// as it is.
    @Override
    public List<String> texts(String column) {
        String literal = text(column);
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c == '\\') {
                element.append(literal.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                elements.add(element.toString());
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        if (literal.length() > 2) {
            elements.add(element.toString());
        }
        return List.copyOf(elements);
    }
}
