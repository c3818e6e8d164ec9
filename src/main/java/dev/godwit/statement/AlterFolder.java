package dev.godwit.statement;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.AlterAction.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Folds ALTER TABLE and its actions.
final class AlterFolder {
    private final Names names;
    private final TableFolder tables;

    AlterFolder(Names names) {
        this.names = names;
        this.tables = new TableFolder(names);
    }

    Statement fold(SqlNode node) {
        return new Statement.AlterTable(
                names.relation(node.node("relation").orElseThrow()),
                ObjectKind.of(node.text("objtype").orElse("")),
                node.nodes("cmds").stream().map(this::action).toList(),
                node.flag("missing_ok"),
                !node.node("relation").orElseThrow().flag("inh"));
    }

    private AlterAction action(SqlNode node) {
        String column = node.text("name").orElse("");
        boolean missingOk = node.flag("missing_ok");
        boolean cascade = node.text("behavior").orElse("").equals("DROP_CASCADE");
        return switch (subtype(node)) {
            case "AT_AddColumn" -> new AlterAction.AddColumn(tables.column(definition(node)), missingOk);
            case "AT_DropColumn" -> new AlterAction.DropColumn(column, missingOk, cascade);
            case "AT_AlterColumnType" -> alterType(column, definition(node));
            case "AT_ColumnDefault" -> columnDefault(column, node);
            case "AT_SetNotNull" -> new AlterAction.SetNotNull(column);
            case "AT_DropNotNull" -> new AlterAction.DropNotNull(column);
            case "AT_SetExpression" -> new AlterAction.SetExpression(column, ExpressionFolder.fold(definition(node)));
            case "AT_AddConstraint" -> addConstraint(definition(node));
            case "AT_ValidateConstraint" -> new AlterAction.ValidateConstraint(column);
            case "AT_DropConstraint" -> new AlterAction.DropConstraint(column, missingOk, cascade);
            case "AT_AttachPartition" ->
                new AlterAction.AttachPartition(
                        partition(node), BoundFolder.fold(definition(node).node("bound")));
            case "AT_DetachPartition" ->
                new AlterAction.DetachPartition(
                        partition(node), definition(node).flag("concurrent"));
            case "AT_AddInherit" -> new AlterAction.AddParent(names.relation(definition(node)));
            case "AT_DropInherit" -> new AlterAction.DropParent(names.relation(definition(node)));
            case "AT_SetRelOptions", "AT_ResetRelOptions", "AT_ReplaceRelOptions" -> options(node);
            default -> new AlterAction.Simple(kind(subtype(node)), node.text("name"));
        };
    }

    private static String subtype(SqlNode node) {
        return node.text("subtype").orElse("AT_AddColumn");
    }

    private static SqlNode definition(SqlNode node) {
        return node.node("def").orElseThrow();
    }

    private QualifiedName partition(SqlNode node) {
        return names.relation(definition(node).node("name").orElseThrow());
    }

    private static AlterAction alterType(String column, SqlNode definition) {
        return new AlterAction.AlterType(
                column,
                definition.node("typeName").map(TypeFolder::fold).orElse(TypeName.of("")),
                ExpressionFolder.fold(definition.node("raw_default")),
                definition.has("collClause"));
    }

    private static AlterAction columnDefault(String column, SqlNode node) {
        return ExpressionFolder.fold(node.node("def"))
                .<AlterAction>map(value -> new AlterAction.SetDefault(column, value))
                .orElseGet(() -> new AlterAction.DropDefault(column));
    }

    private AlterAction addConstraint(SqlNode definition) {
        return tables.constraint(definition)
                .<AlterAction>map(AlterAction.AddConstraint::new)
                .orElseGet(() -> new AlterAction.Simple(Kind.OTHER, Optional.empty()));
    }

    private static AlterAction options(SqlNode node) {
        List<SqlNode> items = node.node("def").stream()
                .flatMap(list -> list.nodes("items").stream())
                .toList();
        return new AlterAction.SetOptions(
                items.stream().flatMap(AlterFolder::option).toList(),
                items.stream()
                        .filter(AlterFolder::isFalse)
                        .flatMap(AlterFolder::option)
                        .collect(Collectors.toSet()));
    }

    private static Stream<String> option(SqlNode item) {
        return item.text("defname").stream();
    }

    /// The words are the server's own, and so is that a number stands for one.
    private static boolean isFalse(SqlNode item) {
        Optional<SqlNode> value = item.node("arg");
        boolean zero = value.filter(argument ->
                        argument.is("Integer") && argument.number("ival").orElse(0) == 0)
                .isPresent();
        return zero
                || value.map(AlterFolder::word)
                        .filter(Set.of("false", "off", "no", "0")::contains)
                        .isPresent();
    }

    /// The grammar takes a word that is no keyword for the name of a type.
    private static String word(SqlNode value) {
        List<String> names = value.texts("names");
        return (names.isEmpty() ? value.text("sval").orElse("") : names.getLast()).toLowerCase(Locale.ROOT);
    }

    private static Kind kind(String subtype) {
        return switch (subtype) {
            case "AT_SetStatistics" -> Kind.SET_STATISTICS;
            case "AT_SetOptions", "AT_ResetOptions" -> Kind.SET_COLUMN_OPTIONS;
            case "AT_SetStorage" -> Kind.SET_STORAGE;
            case "AT_SetCompression" -> Kind.SET_COMPRESSION;
            case "AT_AddIdentity" -> Kind.ADD_IDENTITY;
            case "AT_SetIdentity" -> Kind.CHANGE_IDENTITY;
            case "AT_DropIdentity" -> Kind.DROP_IDENTITY;
            case "AT_DropExpression" -> Kind.DROP_EXPRESSION;
            case "AT_AlterConstraint" -> Kind.ALTER_CONSTRAINT;
            case "AT_ClusterOn", "AT_DropCluster" -> Kind.CLUSTER_ON;
            case "AT_ReplicaIdentity" -> Kind.REPLICA_IDENTITY;
            case "AT_ChangeOwner" -> Kind.CHANGE_OWNER;
            case "AT_SetLogged" -> Kind.SET_LOGGED;
            case "AT_SetUnLogged" -> Kind.SET_UNLOGGED;
            case "AT_SetAccessMethod" -> Kind.SET_ACCESS_METHOD;
            case "AT_SetTableSpace" -> Kind.SET_TABLESPACE;
            case "AT_DetachPartitionFinalize" -> Kind.FINALIZE_DETACH;
            case "AT_AddOf", "AT_DropOf" -> Kind.OF_TYPE;
            case "AT_DisableTrig", "AT_DisableTrigUser" -> Kind.DISABLE_TRIGGER;
            case "AT_DisableTrigAll" -> Kind.DISABLE_ALL_TRIGGERS;
            case "AT_EnableRowSecurity" -> Kind.ENABLE_ROW_SECURITY;
            default -> kindOfFamily(subtype);
        };
    }

    private static Kind kindOfFamily(String subtype) {
        if (subtype.endsWith("RowSecurity")) {
            return Kind.ROW_SECURITY;
        }
        if (subtype.contains("Trig")) {
            return Kind.TOGGLE_TRIGGER;
        }
        return subtype.endsWith("Rule") ? Kind.TOGGLE_RULE : Kind.OTHER;
    }
}
