package dev.godwit.source;

import dev.godwit.problem.Problem;
import java.text.Normalizer;
import java.util.Locale;

/// A migration's name as files, classes and tables spell it.
public final class NewName {
    /// With version and ending, a file's name must stay below the 255 bytes that file systems allow.
    private static final int LONGEST = 180;

    private NewName() {}

    /// @return `Add Orders-Region`, `addOrdersRegion` and `add_orders_region` as `add_orders_region`
    public static String snakeCase(String typed) {
        String plain = Normalizer.normalize(typed, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        String name = plain.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", "_")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        if (name.isEmpty()) {
            throw refused("the name \"" + typed + "\" has no letter or digit that a file's name can keep");
        }
        if (name.length() > LONGEST) {
            throw refused("the name has " + name.length() + " characters; " + LONGEST + " are the most");
        }
        return name;
    }

    private static RuntimeException refused(String what) {
        return Problem.usage(what).remedy("godwit new add_orders_region").raise();
    }
}
