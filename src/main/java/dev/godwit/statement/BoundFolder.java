package dev.godwit.statement;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Folds FOR VALUES.
final class BoundFolder {
    private static final String RANGE = "r";
    private static final String LIST = "l";

    private BoundFolder() {}

    static PartitionBound fold(Optional<SqlNode> bound) {
        boolean isDefault = bound.filter(node -> node.flag("is_default")).isPresent();
        List<SqlNode> from = nodes(bound, "lowerdatums");
        List<SqlNode> to = nodes(bound, "upperdatums");
        List<SqlNode> listed = nodes(bound, "listdatums");
        List<String> values = literals(listed);
        String strategy = bound.flatMap(node -> node.text("strategy")).orElse("");
        boolean readable = switch (strategy) {
            case RANGE ->
                from.size() == 1 && to.size() == 1 && isReadable(from.getFirst()) && isReadable(to.getFirst());
            case LIST -> !values.isEmpty() && values.size() == listed.size();
            default -> false;
        };
        return new PartitionBound(
                isDefault,
                values,
                literals(from).stream().findFirst(),
                literals(to).stream().findFirst(),
                readable);
    }

    private static List<SqlNode> nodes(Optional<SqlNode> bound, String field) {
        return bound.map(node -> node.nodes(field)).orElse(List.of());
    }

    /// MINVALUE and MAXVALUE are column names to the grammar.
    private static boolean isReadable(SqlNode datum) {
        return datum.is("ColumnRef") || literals(List.of(datum)).size() == 1;
    }

    private static List<String> literals(List<SqlNode> datums) {
        return datums.stream()
                .map(ExpressionFolder::fold)
                .flatMap(value ->
                        value instanceof Expression.Constant constant ? constant.text().stream() : Stream.empty())
                .toList();
    }
}
