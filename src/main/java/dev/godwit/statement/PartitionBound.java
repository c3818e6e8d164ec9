package dev.godwit.statement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// Which rows a partition takes, as far as literals say it.
///
/// @param values of FOR VALUES IN; empty for other strategies
/// @param from the lower bound of a range of one column, inclusive; empty for MINVALUE too
/// @param to the upper bound, exclusive; empty for MAXVALUE too
/// @param readable false where more than one column or more than a literal decides
public record PartitionBound(
        boolean isDefault, List<String> values, Optional<String> from, Optional<String> to, boolean readable) {
    public PartitionBound {
        values = List.copyOf(values);
        requireNonNull(from);
        requireNonNull(to);
    }
}
