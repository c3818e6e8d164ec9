package dev.godwit.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/// What one object has become between two snapshots.
///
/// @param lines of the definition that went (`- …`) or came (`+ …`); empty unless CHANGED
public record Difference(Change change, SchemaObject.Kind kind, String identity, List<String> lines) {
    /// Seen from the first snapshot.
    public enum Change {
        MISSING,
        EXTRA,
        CHANGED
    }

    public Difference {
        requireNonNull(change);
        requireNonNull(kind);
        requireNonNull(identity);
        lines = List.copyOf(lines);
    }

    static Difference between(SchemaObject before, SchemaObject after) {
        List<String> old = before.definition().lines().map(Difference::bare).toList();
        List<String> fresh = after.definition().lines().map(Difference::bare).toList();
        List<String> lines = Stream.concat(
                        old.stream().filter(line -> !fresh.contains(line)).map(line -> "- " + line),
                        fresh.stream().filter(line -> !old.contains(line)).map(line -> "+ " + line))
                .toList();
        return new Difference(Change.CHANGED, before.kind(), before.identity(), orOrder(lines));
    }

    private static String bare(String line) {
        String stripped = line.strip();
        return stripped.endsWith(",") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    private static List<String> orOrder(List<String> lines) {
        return lines.isEmpty() ? List.of("the same lines in another order") : lines;
    }

    /// @return one line: `table public.orders changed: - region text; + region text NOT NULL`
    public String describe() {
        String what = kind.words() + " " + identity;
        return switch (change) {
            case MISSING -> what + " is missing";
            case EXTRA -> what + " is extra";
            case CHANGED -> what + " changed: " + String.join("; ", lines);
        };
    }

    @Override
    public String toString() {
        return describe();
    }
}
