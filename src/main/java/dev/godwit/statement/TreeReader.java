package dev.godwit.statement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Folds the parser's JSON into [SqlNode]s, token by token and without recursion: expressions nest by the thousand.
final class TreeReader {
    /// Fields that hold a byte offset.
    private static final Set<String> PLACES = Set.of(
            "location",
            "stmt_location",
            "name_location",
            "list_start",
            "list_end",
            "rexpr_list_start",
            "rexpr_list_end");

    /// What is being read: an object or an array, and the field that it will be the value of.
    private static final class Frame {
        private final @Nullable String field;
        private final SqlNode.@Nullable Builder node;
        private final List<SqlNode> items = new ArrayList<>(0);

        Frame(@Nullable String field, SqlNode.@Nullable Builder node) {
            this.field = field;
            this.node = node;
        }
    }

    private final Deque<Frame> open = new ArrayDeque<>();
    private final JsonScanner json;
    private final IntUnaryOperator places;
    private @Nullable String field;
    private @Nullable SqlNode root;

    private TreeReader(JsonScanner json, IntUnaryOperator places) {
        this.json = json;
        this.places = places;
    }

    /// @param places from the parser's byte offset to the offset that nodes shall carry
    static SqlNode read(byte[] json, IntUnaryOperator places) {
        TreeReader reader = new TreeReader(new JsonScanner(json), places);
        for (int sign = reader.json.next(); sign != JsonScanner.END; sign = reader.json.next()) {
            reader.take(sign);
        }
        return Objects.requireNonNull(reader.root);
    }

    /// False and null read as absent.
    private void take(int sign) {
        switch (sign) {
            case '{' -> open.push(new Frame(field, SqlNode.builder("")));
            case '[' -> open.push(new Frame(field, null));
            case '}' -> endObject(open.pop());
            case ']' -> endArray(open.pop());
            case '"' -> nameOrString();
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> put(named(), number(json.number(sign)));
            case 't' -> {
                json.word();
                put(named(), true);
            }
            case 'f', 'n' -> json.word();
            case ',' -> {}
            default -> throw new GrammarFailure("the parser's tree has an unexpected '" + (char) sign + "'");
        }
    }

    private void nameOrString() {
        String name = json.name();
        if (name == null) {
            put(named(), json.string());
        } else {
            field = name;
        }
    }

    private String named() {
        return Objects.requireNonNull(field);
    }

    private long number(long value) {
        return value >= 0 && PLACES.contains(named()) ? places.applyAsInt((int) value) : value;
    }

    private void endObject(Frame frame) {
        SqlNode node = Objects.requireNonNull(frame.node).build();
        Frame outer = open.peek();
        if (outer == null) {
            root = node;
        } else if (outer.node == null) {
            outer.items.add(node);
        } else {
            put(Objects.requireNonNull(frame.field), node);
        }
    }

    private void endArray(Frame frame) {
        put(Objects.requireNonNull(frame.field), frame.items);
    }

    private void put(String field, Object value) {
        Objects.requireNonNull(Objects.requireNonNull(open.peek()).node).with(field, value);
    }
}
