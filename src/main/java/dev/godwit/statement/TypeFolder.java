package dev.godwit.statement;

import java.util.List;

/// Folds a `TypeName` node.
final class TypeFolder {
    private static final String CATALOG = "pg_catalog";

    private TypeFolder() {}

    static TypeName fold(SqlNode node) {
        List<String> names = node.texts("names");
        String name = names.isEmpty() ? "" : names.getLast();
        String schema =
                names.size() > 1 && !names.get(names.size() - 2).equals(CATALOG) ? names.get(names.size() - 2) : "";
        List<Integer> modifiers = node.nodes("typmods").stream()
                .flatMap(modifier -> modifier.node("ival").stream())
                .map(value -> Math.toIntExact(value.number("ival").orElse(0)))
                .toList();
        return new TypeName(schema, name, modifiers, !node.nodes("arrayBounds").isEmpty());
    }
}
