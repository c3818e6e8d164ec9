package dev.godwit.statement;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Folds a value expression.
final class ExpressionFolder {
    private ExpressionFolder() {}

    static Optional<Expression> fold(Optional<SqlNode> node) {
        return node.map(ExpressionFolder::fold);
    }

    static Expression fold(SqlNode node) {
        return switch (node.type()) {
            case "ColumnRef" -> column(node);
            case "A_Const" -> new Expression.Constant(node.flag("isnull"), text(node));
            case "ParamRef" -> new Expression.Parameter();
            case "FuncCall" -> call(node);
            case "TypeCast" -> cast(node);
            case "NullTest" -> nullTest(node);
            case "BoolExpr" -> bool(node);
            case "A_Expr" -> operation(node);
            case "SubLink" -> new Expression.Subquery();
            default -> new Expression.Compound(node.type(), all(node.children()));
        };
    }

    private static Optional<String> text(SqlNode constant) {
        Optional<String> string = constant.node("sval").flatMap(value -> value.text("sval"));
        Optional<String> decimal = constant.node("fval").flatMap(value -> value.text("fval"));
        Optional<String> whole = constant.node("ival")
                .map(value -> String.valueOf(value.number("ival").orElse(0)));
        return string.or(() -> decimal).or(() -> whole);
    }

    private static List<Expression> all(Stream<SqlNode> nodes) {
        return nodes.map(ExpressionFolder::fold).toList();
    }

    private static Expression column(SqlNode node) {
        List<String> fields = node.texts("fields");
        return fields.isEmpty()
                ? new Expression.Compound("A_Star", List.of())
                : new Expression.Column(fields.getLast());
    }

    /// FILTER, ORDER BY and OVER are folded as further arguments: they may call functions as well.
    private static Expression call(SqlNode node) {
        List<String> name = node.texts("funcname");
        String schema = name.size() > 1 ? name.get(name.size() - 2) : "";
        Stream<SqlNode> parts = Stream.of(
                        node.nodes("args").stream(),
                        node.node("agg_filter").stream(),
                        node.nodes("agg_order").stream(),
                        node.node("over").stream())
                .flatMap(part -> part);
        return new Expression.Call(schema, name.isEmpty() ? "" : name.getLast(), all(parts));
    }

    private static Expression cast(SqlNode node) {
        Expression operand = fold(node.node("arg").orElseThrow());
        return new Expression.Cast(
                operand, TypeFolder.fold(node.node("typeName").orElseThrow()));
    }

    private static Expression nullTest(SqlNode node) {
        boolean expectsNull = node.text("nulltesttype").orElse("").equals("IS_NULL");
        return new Expression.NullTest(fold(node.node("arg").orElseThrow()), expectsNull);
    }

    private static Expression bool(SqlNode node) {
        List<Expression> operands = all(node.nodes("args").stream());
        return node.text("boolop").orElse("").equals("AND_EXPR")
                ? new Expression.And(operands)
                : new Expression.Compound("BoolExpr", operands);
    }

    private static Expression operation(SqlNode node) {
        Stream<SqlNode> sides = Stream.concat(node.node("lexpr").stream(), node.node("rexpr").stream());
        return new Expression.Operation(operator(node), all(sides));
    }

    private static String operator(SqlNode node) {
        List<String> name = node.texts("name");
        String symbol = name.isEmpty() ? "" : name.getLast();
        return switch (node.text("kind").orElse("AEXPR_OP")) {
            case "AEXPR_OP" -> symbol;
            case "AEXPR_IN" -> symbol.equals("=") ? "IN" : "NOT IN";
            case "AEXPR_OP_ANY" -> symbol + " ANY";
            case "AEXPR_OP_ALL" -> symbol + " ALL";
            case "AEXPR_LIKE" -> "LIKE";
            default -> symbol.isEmpty() ? node.text("kind").orElse("") : symbol + " ";
        };
    }
}
