package dev.godwit.statement;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ColumnDefinition.Generated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Folds CREATE TABLE, its columns and its constraints.
final class TableFolder {
    private final Names names;

    TableFolder(Names names) {
        this.names = names;
    }

    Statement.CreateTable table(SqlNode node) {
        SqlNode relation = node.node("relation").orElseThrow();
        List<SqlNode> elements = node.nodes("tableElts");
        boolean partition = node.has("partbound");
        List<QualifiedName> parents =
                node.nodes("inhRelations").stream().map(names::relation).toList();
        return new Statement.CreateTable(
                names.relation(relation),
                elements.stream()
                        .filter(e -> e.is("ColumnDef"))
                        .map(this::column)
                        .toList(),
                elements.stream()
                        .filter(e -> e.is("Constraint"))
                        .flatMap(e -> constraint(e).stream())
                        .toList(),
                partition ? List.of() : parents,
                partition ? parents.stream().findFirst() : Optional.empty(),
                isDefault(node, "partbound"),
                elements.stream()
                        .filter(e -> e.is("TableLikeClause"))
                        .flatMap(e -> e.node("relation").stream())
                        .map(names::relation)
                        .toList(),
                node.node("ofTypename").map(type -> names.qualified(type.texts("names"))),
                node.has("partspec"),
                relation.text("relpersistence").orElse("p").equals("u"),
                relation.text("relpersistence").orElse("p").equals("t"),
                node.flag("if_not_exists"));
    }

    static boolean isDefault(SqlNode node, String bound) {
        return node.node(bound).map(found -> found.flag("is_default")).orElse(false);
    }

    ColumnDefinition column(SqlNode node) {
        List<SqlNode> parts = node.nodes("constraints");
        TypeName type = node.node("typeName").map(TypeFolder::fold).orElse(TypeName.of(""));
        boolean identity = has(parts, "CONSTR_IDENTITY");
        boolean notNull = has(parts, "CONSTR_NOTNULL") || has(parts, "CONSTR_PRIMARY") || identity || type.isSerial();
        return new ColumnDefinition(
                node.text("colname").orElse(""),
                type,
                notNull,
                defaultValue(parts),
                generated(parts),
                identity,
                columnConstraints(parts, node.text("colname").orElse("")));
    }

    private static boolean has(List<SqlNode> parts, String kind) {
        return parts.stream().anyMatch(part -> kind(part).equals(kind));
    }

    private static String kind(SqlNode constraint) {
        return constraint.text("contype").orElse("");
    }

    private static Optional<Expression> defaultValue(List<SqlNode> parts) {
        return parts.stream()
                .filter(part -> kind(part).equals("CONSTR_DEFAULT"))
                .findFirst()
                .flatMap(part -> ExpressionFolder.fold(part.node("raw_expr")));
    }

    private static Generated generated(List<SqlNode> parts) {
        return parts.stream()
                .filter(part -> kind(part).equals("CONSTR_GENERATED"))
                .findFirst()
                .map(part -> part.text("generated_kind").orElse("s").equals("v") ? Generated.VIRTUAL : Generated.STORED)
                .orElse(Generated.NO);
    }

    /// `NOT ENFORCED` follows the constraint that it belongs to as an item of its own.
    private List<Constraint> columnConstraints(List<SqlNode> parts, String column) {
        List<Constraint> found = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            SqlNode part = parts.get(i);
            boolean enforced = i + 1 == parts.size() || !kind(parts.get(i + 1)).equals("CONSTR_ATTR_NOT_ENFORCED");
            constraint(part, List.of(column), enforced).ifPresent(found::add);
        }
        return found;
    }

    Optional<Constraint> constraint(SqlNode node) {
        return constraint(node, node.texts("keys"), true);
    }

    private Optional<Constraint> constraint(SqlNode node, List<String> columns, boolean enforced) {
        Optional<String> name = node.text("conname");
        boolean validated = enforced && !node.flag("skip_validation");
        return switch (kind(node)) {
            case "CONSTR_CHECK" ->
                ExpressionFolder.fold(node.node("raw_expr"))
                        .map(condition -> new Constraint.Check(name, condition, validated, node.flag("is_no_inherit")));
            case "CONSTR_NOTNULL" ->
                columns.stream()
                        .findFirst()
                        .map(column -> new Constraint.NotNull(name, column, validated, node.flag("is_no_inherit")));
            case "CONSTR_PRIMARY" -> Optional.of(new Constraint.Key(name, columns, true, node.text("indexname")));
            case "CONSTR_UNIQUE" -> Optional.of(new Constraint.Key(name, columns, false, node.text("indexname")));
            case "CONSTR_EXCLUSION" -> Optional.of(new Constraint.Exclusion(name, excluded(node)));
            case "CONSTR_FOREIGN" -> Optional.of(foreignKey(node, columns, validated));
            default -> Optional.empty();
        };
    }

    private static List<String> excluded(SqlNode node) {
        return node.nodes("exclusions").stream()
                .flatMap(SqlNode::descendants)
                .flatMap(part -> part.text("name").stream())
                .toList();
    }

    private Constraint foreignKey(SqlNode node, List<String> column, boolean validated) {
        List<String> columns = node.texts("fk_attrs");
        return new Constraint.ForeignKey(
                node.text("conname"),
                columns.isEmpty() ? column : columns,
                names.relation(node.node("pktable").orElseThrow()),
                node.texts("pk_attrs"),
                validated);
    }
}
