package dev.godwit.fact;

import dev.godwit.statement.Expression;
import dev.godwit.statement.PartitionBound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Does a table's own validated CHECK say already what a partition's bound asks for, so that ATTACH PARTITION need not
/// read its rows? By comparing literals as they are written: `c >= 1 AND c < 9` for FROM (1) TO (9), `c IN (1, 2)` for
/// IN (1, 2, 3), and `c` without NULL.
///
/// Source: `ConstraintImpliedByRelConstraint` in tablecmds.c, which can see through more than this.
final class PartitionProof {
    private final RelationModel table;
    private final PartitionBound bound;

    PartitionProof(RelationModel table, PartitionBound bound) {
        this.table = table;
        this.bound = bound;
    }

    boolean holds() {
        return bound.readable()
                && terms().collect(Collectors.groupingBy(Term::column)).entrySet().stream()
                        .anyMatch(entry -> table.holdsNoNull(entry.getKey()) && covers(entry.getValue()));
    }

    /// Of the default partition: does a validated CHECK of its speak of the very values that the new partition is for?
    /// Nobody writes one for anything else than to keep them out.
    boolean speaksOfBound() {
        Set<String> limits = Stream.of(bound.values().stream(), bound.from().stream(), bound.to().stream())
                .flatMap(found -> found)
                .collect(Collectors.toSet());
        return bound.readable()
                && table.constraints().values().stream()
                        .filter(ConstraintModel::validated)
                        .flatMap(constraint -> constraint.condition().stream())
                        .anyMatch(condition -> literals(condition).containsAll(limits));
    }

    private static Set<String> literals(Expression condition) {
        return condition
                .descendants()
                .flatMap(part ->
                        part instanceof Expression.Constant constant ? constant.text().stream() : Stream.empty())
                .collect(Collectors.toSet());
    }

    private boolean covers(List<Term> terms) {
        return bound.values().isEmpty()
                ? bounded(terms, ">=", bound.from()) && bounded(terms, "<", bound.to())
                : terms.stream()
                        .anyMatch(term -> Set.of("=", "IN", "= ANY").contains(term.operator())
                                && !term.values().isEmpty()
                                && bound.values().containsAll(term.values()));
    }

    private static boolean bounded(List<Term> terms, String operator, Optional<String> value) {
        return value.map(limit -> terms.stream()
                        .anyMatch(term -> term.operator().equals(operator)
                                && term.values().equals(List.of(limit))))
                .orElse(true);
    }

    /// `column operator values`, the values as they are written.
    private record Term(String column, String operator, List<String> values) {}

    private Stream<Term> terms() {
        Map<String, ConstraintModel> constraints = table.constraints();
        return constraints.values().stream()
                .filter(ConstraintModel::validated)
                .flatMap(constraint -> constraint.condition().stream())
                .flatMap(Expression::conjuncts)
                .flatMap(PartitionProof::term);
    }

    private static Stream<Term> term(Expression condition) {
        return condition instanceof Expression.Operation operation
                        && operation.operands().size() == 2
                        && bare(operation.operands().getFirst()) instanceof Expression.Column column
                ? Stream.of(new Term(
                        column.name(),
                        operation.operator(),
                        values(operation.operands().getLast())))
                : Stream.empty();
    }

    /// The server stores casts that nobody wrote.
    private static Expression bare(Expression value) {
        return value instanceof Expression.Cast cast ? bare(cast.operand()) : value;
    }

    /// @return empty as soon as something is no literal
    private static List<String> values(Expression value) {
        List<Expression> leaves =
                value.descendants().filter(part -> part.children().isEmpty()).toList();
        List<String> texts = leaves.stream()
                .flatMap(leaf ->
                        leaf instanceof Expression.Constant constant ? constant.text().stream() : Stream.empty())
                .toList();
        return texts.size() == leaves.size() ? texts : List.of();
    }
}
