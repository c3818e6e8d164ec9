package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// A node of PostgreSQL's parse tree, immutable, with the field names of the server's `parsenodes.h`.
///
/// The tree leaves out what is zero, false, empty or null, so a reader asks and is told "absent". A value is text
/// (strings and the names of enumerations), a number, a flag, a node or a list of nodes. Where the server's field has a
/// fixed type the tree carries no type name (`relation` is always a `RangeVar`): then [#type] is empty.
public final class SqlNode {
    private final String type;
    private final Map<String, Object> values;

    private SqlNode(String type, Map<String, Object> values) {
        this.type = requireNonNull(type);
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
        return values.containsKey(field);
    }

    public Set<String> fields() {
        return values.keySet();
    }

    public Optional<SqlNode> node(String field) {
        return values.get(field) instanceof SqlNode node ? Optional.of(node) : Optional.empty();
    }

    /// @return the items of the list in that field; empty when it is absent
    public List<SqlNode> nodes(String field) {
        List<SqlNode> items = new ArrayList<>();
        if (values.get(field) instanceof List<?> list) {
            list.forEach(item -> items.add((SqlNode) item));
        }
        return items;
    }

    /// @return a string, or the name of an enumeration's value: `AT_AddColumn`
    public Optional<String> text(String field) {
        return values.get(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// @return the values of a list of `String` nodes, which is how the tree spells qualified names
    public List<String> texts(String field) {
        return nodes(field).stream().flatMap(item -> item.text("sval").stream()).toList();
    }

    public OptionalLong number(String field) {
        return values.get(field) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    public boolean flag(String field) {
        return Boolean.TRUE.equals(values.get(field));
    }

    /// @return UTF-16 offset of the node's token in the script's text, where the tree knows it
    public OptionalInt location() {
        return values.get("location") instanceof Long place && place >= 0
                ? OptionalInt.of(Math.toIntExact(place))
                : OptionalInt.empty();
    }

    /// @return the nodes directly below this one, in the tree's order
    public Stream<SqlNode> children() {
        return values.values().stream().flatMap(SqlNode::nodesIn);
    }

    /// @return this node and all below it, each before what is below it
    public Stream<SqlNode> descendants() {
        return Stream.concat(Stream.of(this), children().flatMap(SqlNode::descendants));
    }

    private static Stream<SqlNode> nodesIn(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(SqlNode.class::cast);
        }
        return value instanceof SqlNode node ? Stream.of(node) : Stream.empty();
    }

    @Override
    public String toString() {
        return type + values;
    }

    /// Collects the fields of one node.
    static final class Builder {
        private final String type;
        private final Map<String, Object> values = new LinkedHashMap<>();

        private Builder(String type) {
            this.type = type;
        }

        Builder with(String field, Object value) {
            values.put(field, value);
            return this;
        }

        SqlNode build() {
            return new SqlNode(type, values);
        }
    }
}
