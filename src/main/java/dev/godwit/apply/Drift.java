package dev.godwit.apply;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Difference;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.SchemaObject;
import java.util.List;
import java.util.stream.Collectors;

/// In what production's schema is another than the rehearsed one, in few words.
final class Drift {
    /// Characters of one difference: a function's body is no part of a sentence.
    private static final int LENGTH_MAX = 160;

    private Drift() {}

    /// @return `table public.orders changed: + note text; index public.i is gone`
    static String between(CatalogSnapshot rehearsed, CatalogSnapshot now) {
        List<String> differences = Fingerprint.differences(rehearsed, now).stream()
                .filter(difference -> difference.kind() != SchemaObject.Kind.GRANT)
                .map(Drift::describe)
                .toList();
        return Shown.list(differences);
    }

    private static String describe(Difference difference) {
        String what = difference.kind().words() + " " + difference.identity();
        String text = switch (difference.change()) {
            case MISSING -> what + " is gone";
            case EXTRA -> what + " was added";
            case CHANGED -> what + " changed: " + lines(difference);
        };
        String shown = Shown.text(text);
        return shown.length() <= LENGTH_MAX ? shown : shown.substring(0, LENGTH_MAX - 1) + "…";
    }

    private static String lines(Difference difference) {
        return difference.lines().stream().map(String::strip).collect(Collectors.joining(", "));
    }
}
