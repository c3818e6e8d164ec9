package dev.godwit.source.framework;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A piece of a structured changelog, whether XML, YAML or JSON spells it.
///
/// @param attributes keys in lower case
/// @param line the first line of it in its file, from 1
/// @param endLine the last
record LiquibaseElement(
        String name, Map<String, String> attributes, List<LiquibaseElement> children, int line, int endLine) {
    LiquibaseElement {
        requireNonNull(name);
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    boolean is(String word) {
        return name.equalsIgnoreCase(word);
    }

    Optional<String> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    boolean flag(String key, boolean otherwise) {
        return attribute(key)
                .map(value -> value.strip().equalsIgnoreCase("true"))
                .orElse(otherwise);
    }

    Optional<LiquibaseElement> child(String word) {
        return children.stream().filter(c -> c.is(word)).findFirst();
    }
}
