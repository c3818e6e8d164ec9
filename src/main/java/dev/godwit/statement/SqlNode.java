package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A node of PostgreSQL's parse tree, immutable, with the field names of the server's `parsenodes.h`.
///
/// The tree leaves out what is zero, false, empty or null, so a reader asks and is told "absent". A value is text
/// (strings and the names of enumerations), a number, a flag, a node or a list of nodes. Where the server's field has a
/// fixed type the tree carries no type name (`relation` is always a `RangeVar`): then [#type] is empty.
///
/// Names and values stand in two arrays side by side: a script of a megabyte has some hundred thousand nodes, of few
/// fields each.
public final class SqlNode {
    private final String type;
    private final String[] names;
    private final Object[] values;

    private SqlNode(String type, String[] names, Object[] values) {
        this.type = requireNonNull(type);
        this.names = names;
        this.values = values;
    }

    static Builder builder(String type) {
        return new Builder(type);
    }

    /// @return `CreateStmt`, `ColumnDef`, …; empty where the field alone decides the type
    public String type() {
        return type;
    }

    public boolean is(String nodeType) {
        return type.equals(nodeType);
    }

    public boolean has(String field) {
        return value(field) != null;
    }

    public Set<String> fields() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(names)));
    }

    public Optional<SqlNode> node(String field) {
        return value(field) instanceof SqlNode node ? Optional.of(node) : Optional.empty();
    }

    /// @return the items of the list in that field; empty when it is absent
    public List<SqlNode> nodes(String field) {
        return nodesIn(value(field) instanceof List<?> list ? list : List.of());
    }

    /// @return a string, or the name of an enumeration's value: `AT_AddColumn`
    public Optional<String> text(String field) {
        return value(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// @return the values of a list of `String` nodes, which is how the tree spells qualified names
    public List<String> texts(String field) {
        return nodes(field).stream().flatMap(item -> item.text("sval").stream()).toList();
    }

    public OptionalLong number(String field) {
        return value(field) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    public boolean flag(String field) {
        return Boolean.TRUE.equals(value(field));
    }

    /// @return UTF-16 offset of the node's token in the script's text, where the tree knows it
    public OptionalInt location() {
        return value("location") instanceof Long place && place >= 0
                ? OptionalInt.of(Math.toIntExact(place))
                : OptionalInt.empty();
    }

    /// @return the nodes directly below this one, in the tree's order
    public Stream<SqlNode> children() {
        return Arrays.stream(values).flatMap(value -> nodesIn(value).stream());
    }

    /// @return this node and all below it, each before what is below it
    public Stream<SqlNode> descendants() {
        // No recursion: a thousand terms joined by + are a thousand levels.
        List<SqlNode> found = new ArrayList<>();
        Deque<SqlNode> open = new ArrayDeque<>(List.of(this));
        while (!open.isEmpty()) {
            SqlNode next = open.pop();
            found.add(next);
            next.children().toList().reversed().forEach(open::push);
        }
        return found.stream();
    }

    private @Nullable Object value(String field) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(field)) {
                return values[i];
            }
        }
        return null;
    }

    private static List<SqlNode> nodesIn(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SqlNode.class::cast).toList();
        }
        return value instanceof SqlNode node ? List.of(node) : List.of();
    }

    @Override
    public String toString() {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            fields.add(names[i] + "=" + values[i]);
        }
        return type + fields;
    }

    /// Collects the fields of one node.
    static final class Builder {
        private static final String[] NO_NAMES = {};
        private static final Object[] NO_VALUES = {};

        private final String type;
        private String[] names = NO_NAMES;
        private Object[] values = NO_VALUES;

        private Builder(String type) {
            this.type = type;
        }

        /// @param value String, Long, Boolean, SqlNode or an immutable list of SqlNode
        Builder with(String field, Object value) {
            names = Arrays.copyOf(names, names.length + 1);
            values = Arrays.copyOf(values, values.length + 1);
            names[names.length - 1] = field;
            values[values.length - 1] = value;
            return this;
        }

        /// The tree wraps a node of varying type in an object whose only field is the type's name; types, unlike
        /// fields, begin with a capital.
        SqlNode build() {
            if (names.length == 1
                    && Character.isUpperCase(names[0].charAt(0))
                    && values[0] instanceof SqlNode wrapped) {
                return new SqlNode(names[0], wrapped.names, wrapped.values);
            }
            return new SqlNode(type, names, values);
        }
    }
}
