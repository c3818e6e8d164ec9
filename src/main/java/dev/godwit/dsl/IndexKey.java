package dev.godwit.dsl;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// One key of an index.
///
/// @param column its name; empty for an expression
/// @param text the column or expression as written, the parentheses around an expression too
/// @param order ` DESC NULLS LAST` as written, in upper case; empty when nothing is said
record IndexKey(Optional<String> column, String text, Optional<String> operatorClass, Optional<String> order) {
    IndexKey {
        requireNonNull(column);
        requireNonNull(text);
        requireNonNull(operatorClass);
        requireNonNull(order);
    }

    boolean isPlainColumn() {
        return column.isPresent() && operatorClass.isEmpty() && order.isEmpty();
    }

    boolean isDescending() {
        return order.filter("DESC"::equals).isPresent();
    }

    /// @return the whole key as SQL
    String sql() {
        return text
                + operatorClass.map(word -> " " + word).orElse("")
                + order.map(words -> " " + words).orElse("");
    }
}
