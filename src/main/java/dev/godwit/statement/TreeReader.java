package dev.godwit.statement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Folds the parser's JSON into [SqlNode]s, token by token and without recursion: expressions nest by the thousand.
final class TreeReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

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
    private final IntUnaryOperator places;
    private @Nullable SqlNode root;

    private TreeReader(IntUnaryOperator places) {
        this.places = places;
    }

    /// @param places from the parser's byte offset to the offset that nodes shall carry
    static SqlNode read(byte[] json, IntUnaryOperator places) {
        TreeReader reader = new TreeReader(places);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                reader.take(token, parser);
            }
        }
        return Objects.requireNonNull(reader.root);
    }

    @SuppressWarnings("MissingCasesInEnumSwitch")
    private void take(JsonToken token, JsonParser parser) {
        switch (token) {
            case START_OBJECT -> open.push(new Frame(parser.currentName(), SqlNode.builder("")));
            case START_ARRAY -> open.push(new Frame(parser.currentName(), null));
            case END_OBJECT -> endObject(open.pop());
            case END_ARRAY -> endArray(open.pop());
            case VALUE_STRING -> put(parser.currentName(), parser.getString());
            case VALUE_NUMBER_INT -> put(parser.currentName(), number(parser.currentName(), parser.getLongValue()));
            case VALUE_TRUE -> put(parser.currentName(), true);
            default -> {
                // a field's name is asked for with its value; false and null read as absent
            }
        }
    }

    private long number(String field, long value) {
        return value >= 0 && PLACES.contains(field) ? places.applyAsInt((int) value) : value;
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
