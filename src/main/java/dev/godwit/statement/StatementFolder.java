package dev.godwit.statement;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement.TransactionControl.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Folds PostgreSQL's parse trees, statement by statement, into [Statement]s. It remembers a script's own
/// `SET search_path`, so one folder serves one script.
final class StatementFolder {
    private static final String DEFAULT_SCHEMA = "public";

    private Names names = new Names(DEFAULT_SCHEMA);

    Statement foldNext(SqlNode node) {
        Statement statement = foldAny(node);
        if (statement instanceof Statement.SetVariable set && set.name().equals("search_path")) {
            names = new Names(firstSchema(set.values()));
        }
        return statement;
    }

    /// A statement within the body of another: it sets nothing for the script.
    Statement foldInner(SqlNode node) {
        return foldAny(node);
    }

    static Statement fold(SqlNode node) {
        return new StatementFolder().foldNext(node);
    }

    /// `"$user"` names a schema that hardly anybody has.
    private static String firstSchema(List<String> path) {
        return path.stream()
                .filter(schema -> !schema.equals("$user") && !schema.isEmpty())
                .findFirst()
                .orElse(DEFAULT_SCHEMA);
    }

    private Statement foldAny(SqlNode node) {
        return switch (node.type()) {
            case "CreateStmt" -> new TableFolder(names).table(node);
            case "AlterTableStmt" -> new AlterFolder(names).fold(node);
            case "IndexStmt" -> createIndex(node);
            case "InsertStmt" -> new InsertFolder(names).fold(node, access(node));
            case "UpdateStmt", "DeleteStmt" -> ChangeFolder.fold(node, names);
            case "MergeStmt" -> new Statement.MergeRows(relation(node), access(node));
            case "SelectStmt" -> select(node);
            case "TransactionStmt" -> transaction(node);
            case "VariableSetStmt" -> variable(node);
            case "ExplainStmt" -> explain(node);
            case "CopyStmt" -> copy(node);
            case "CreateSchemaStmt" -> schema(node);
            default -> new ObjectFolder(names).fold(node);
        };
    }

    private QualifiedName relation(SqlNode node) {
        return names.relation(node.node("relation").orElseThrow());
    }

    private Access access(SqlNode node) {
        return AccessFolder.fold(node, names);
    }

    private Statement createIndex(SqlNode node) {
        SqlNode table = node.node("relation").orElseThrow();
        return new Statement.CreateIndex(
                node.text("idxname"),
                names.relation(table),
                node.nodes("indexParams").stream()
                        .map(part -> part.text("name").orElse(""))
                        .toList(),
                expressionColumns(node),
                node.nodes("indexIncludingParams").stream()
                        .flatMap(part -> part.text("name").stream())
                        .toList(),
                ExpressionFolder.fold(node.node("whereClause")),
                isOrdinary(node),
                node.flag("unique"),
                node.flag("concurrent"),
                node.flag("if_not_exists"),
                !table.flag("inh"));
    }

    private static boolean isOrdinary(SqlNode index) {
        return index.text("accessMethod").orElse("btree").equals("btree")
                && index.nodes("indexParams").stream().allMatch(StatementFolder::isOrdinaryKey);
    }

    private static boolean isOrdinaryKey(SqlNode key) {
        return key.has("name")
                && !key.has("opclass")
                && !key.has("collation")
                && key.text("ordering").orElse("SORTBY_DEFAULT").equals("SORTBY_DEFAULT")
                && key.text("nulls_ordering").orElse("SORTBY_NULLS_DEFAULT").equals("SORTBY_NULLS_DEFAULT");
    }

    private static Set<String> expressionColumns(SqlNode index) {
        return index.nodes("indexParams").stream()
                .flatMap(part -> part.node("expr").stream())
                .map(ExpressionFolder::fold)
                .flatMap(Expression::columns)
                .collect(Collectors.toSet());
    }

    private Statement select(SqlNode node) {
        Optional<SqlNode> into = node.node("intoClause").flatMap(clause -> clause.node("rel"));
        return into.<Statement>map(target -> new Statement.CreateTableAs(
                        names.relation(target),
                        ObjectKind.TABLE,
                        access(node),
                        ColumnUses.NONE,
                        isTemporary(target),
                        false))
                .orElseGet(() -> new Statement.Select(access(node), outputs(node)));
    }

    private static List<Expression> outputs(SqlNode select) {
        return select.nodes("targetList").stream()
                .flatMap(target -> target.node("val").stream())
                .map(ExpressionFolder::fold)
                .toList();
    }

    static boolean isTemporary(SqlNode rangeVar) {
        return rangeVar.text("relpersistence").orElse("p").equals("t");
    }

    private static Statement transaction(SqlNode node) {
        Verb verb = switch (node.text("kind").orElse("")) {
            case "TRANS_STMT_BEGIN", "TRANS_STMT_START" -> Verb.BEGIN;
            case "TRANS_STMT_COMMIT" -> Verb.COMMIT;
            case "TRANS_STMT_ROLLBACK" -> Verb.ROLLBACK;
            case "TRANS_STMT_PREPARE" -> Verb.PREPARE;
            case "TRANS_STMT_COMMIT_PREPARED", "TRANS_STMT_ROLLBACK_PREPARED" -> Verb.FINISH_PREPARED;
            default -> Verb.SAVEPOINT;
        };
        return new Statement.TransactionControl(verb, node.has("options") || node.flag("chain"));
    }

    private static Statement variable(SqlNode node) {
        List<String> values = node.nodes("args").stream()
                .map(argument -> constant(argument).orElse(""))
                .toList();
        return new Statement.SetVariable(node.text("name").orElse(""), values, node.flag("is_local"));
    }

    private static Optional<String> constant(SqlNode node) {
        Optional<String> text = node.node("sval").flatMap(value -> value.text("sval"));
        return text.or(() -> node.node("ival")
                .map(value -> String.valueOf(value.number("ival").orElse(0))));
    }

    /// EXPLAIN only plans; EXPLAIN ANALYZE does.
    private Statement explain(SqlNode node) {
        boolean runs = node.nodes("options").stream()
                .anyMatch(option -> option.text("defname").orElse("").equals("analyze"));
        Optional<SqlNode> query = node.node("query");
        return runs && query.isPresent() ? foldAny(query.get()) : new Statement.Other(node.type());
    }

    private Statement copy(SqlNode node) {
        Access inner = access(node);
        Optional<QualifiedName> table = node.node("relation").map(names::relation);
        if (table.isEmpty()) {
            return new Statement.CopyRows(inner);
        }
        List<QualifiedName> named = List.of(table.get());
        return new Statement.CopyRows(
                node.flag("is_from")
                        ? new Access(inner.reads(), inner.rowLocks(), Set.copyOf(named))
                        : new Access(Set.copyOf(named), inner.rowLocks(), inner.writes()));
    }

    private Statement schema(SqlNode node) {
        String name = node.text("schemaname").orElse("");
        StatementFolder inside = new StatementFolder();
        inside.names = new Names(name);
        return new Statement.CreateSchema(
                name, node.nodes("schemaElts").stream().map(inside::foldAny).toList());
    }
}
