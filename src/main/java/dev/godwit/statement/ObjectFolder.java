package dev.godwit.statement;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.Statement.CreateFunction.Rights;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Folds the statements about whole objects: drop, rename, types, triggers, maintenance.
final class ObjectFolder {
    private final Names names;

    ObjectFolder(Names names) {
        this.names = names;
    }

    Statement fold(SqlNode node) {
        return switch (node.type()) {
            case "DropStmt" -> drop(node);
            case "RenameStmt" -> rename(node);
            case "AlterObjectSchemaStmt" -> setSchema(node);
            case "CreateTableAsStmt" -> createTableAs(node);
            case "ViewStmt" -> createView(node);
            case "LockStmt" -> lock(node);
            case "DoStmt" -> codeBlock(node);
            case "CreateFunctionStmt" -> createFunction(node);
            case "TruncateStmt" ->
                new Statement.Truncate(
                        relations(node, "relations"), only(node), cascades(node), node.flag("restart_seqs"));
            case "CreateTrigStmt" -> trigger(node);
            case "RuleStmt" -> new Statement.TableAttachment(ObjectKind.RULE, relation(node, "relation"));
            case "CreatePolicyStmt", "AlterPolicyStmt" ->
                new Statement.TableAttachment(ObjectKind.POLICY, relation(node, "table"));
            case "CreateStatsStmt" ->
                new Statement.CreateStatistics(
                        node.texts("defnames").isEmpty() ? Optional.empty() : Optional.of(qualified(node, "defnames")),
                        relations(node, "relations"));
            case "RefreshMatViewStmt" -> new Statement.RefreshView(relation(node, "relation"), node.flag("concurrent"));
            case "CommentStmt", "SecLabelStmt" -> comment(node);
            case "CreateSeqStmt", "AlterSeqStmt" -> sequence(node);
            default -> foldRest(node);
        };
    }

    private Statement foldRest(SqlNode node) {
        return switch (node.type()) {
            case "CreatePublicationStmt", "AlterPublicationStmt" -> publication(node);
            case "CallStmt" ->
                node.node("funccall")
                        .<Statement>map(call -> new Statement.CallProcedure(qualified(call, "funcname")))
                        .orElseGet(() -> new Statement.Other(node.type()));
            case "GrantStmt" -> grant(node);
            case "VacuumStmt" -> maintenance(node);
            case "ReindexStmt" -> reindex(node);
            case "ClusterStmt" -> new Statement.Cluster(node.node("relation").map(names::relation));
            case "CreateEnumStmt" -> new Statement.CreateType(qualified(node, "typeName"), true);
            case "CreateRangeStmt" -> new Statement.CreateType(qualified(node, "typeName"), false);
            case "CompositeTypeStmt" -> new Statement.CreateType(relation(node, "typevar"), false);
            case "AlterEnumStmt" ->
                new Statement.AlterEnum(
                        qualified(node, "typeName"),
                        node.has("oldVal") ? Optional.empty() : node.text("newVal"),
                        node.has("newValNeighbor"));
            case "CreateDomainStmt" -> createDomain(node);
            case "AlterDomainStmt" -> alterDomain(node);
            case "CreatedbStmt" -> new Statement.ServerCommand("CREATE DATABASE");
            case "DropdbStmt" -> new Statement.ServerCommand("DROP DATABASE");
            case "CreateTableSpaceStmt" -> new Statement.ServerCommand("CREATE TABLESPACE");
            case "DropTableSpaceStmt" -> new Statement.ServerCommand("DROP TABLESPACE");
            case "AlterDatabaseStmt" -> alterDatabase(node);
            case "DiscardStmt" -> discard(node);
            case "AlterSystemStmt" -> new Statement.ServerCommand("ALTER SYSTEM");
            case "CreateSubscriptionStmt", "DropSubscriptionStmt" -> subscription(node);
            default -> new Statement.Other(node.type());
        };
    }

    private QualifiedName relation(SqlNode node, String field) {
        return names.relation(node.node(field).orElseThrow());
    }

    private QualifiedName qualified(SqlNode node, String field) {
        return names.qualified(node.texts(field));
    }

    private List<QualifiedName> relations(SqlNode node, String field) {
        return node.nodes(field).stream().map(names::relation).toList();
    }

    private static boolean cascades(SqlNode node) {
        return node.text("behavior").orElse("").equals("DROP_CASCADE");
    }

    private Statement drop(SqlNode node) {
        ObjectKind kind = ObjectKind.of(node.text("removeType").orElse(""));
        return new Statement.DropObjects(
                kind,
                node.nodes("objects").stream()
                        .map(object -> named(kind, object))
                        .toList(),
                kind.isMember()
                        ? node.nodes("objects").stream()
                                .map(object -> object.texts("items").getLast())
                                .toList()
                        : List.of(),
                cascades(node),
                node.flag("missing_ok"),
                node.flag("concurrent"));
    }

    private QualifiedName named(ObjectKind kind, SqlNode object) {
        List<String> parts = Stream.of("items", "names", "objname")
                .map(object::texts)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElseGet(() -> object.text("sval").stream().toList());
        return names.qualified(kind.isMember() && parts.size() > 1 ? parts.subList(0, parts.size() - 1) : parts);
    }

    private Statement rename(SqlNode node) {
        ObjectKind kind = ObjectKind.of(node.text("renameType").orElse(""));
        Optional<QualifiedName> relation = node.node("relation").map(names::relation);
        return new Statement.Rename(
                kind,
                relation.or(() -> node.node("object").map(object -> named(kind, object)))
                        .orElseGet(
                                () -> new QualifiedName("", node.text("subname").orElse(""))),
                kind.isMember() ? node.text("subname") : Optional.empty(),
                node.text("newname").orElse(""));
    }

    private Statement setSchema(SqlNode node) {
        ObjectKind kind = ObjectKind.of(node.text("objectType").orElse(""));
        Optional<QualifiedName> relation = node.node("relation").map(names::relation);
        return new Statement.SetSchema(
                kind,
                relation.or(() -> node.node("object").map(object -> named(kind, object)))
                        .orElse(new QualifiedName("", "")),
                node.text("newschema").orElse(""));
    }

    private Statement createTableAs(SqlNode node) {
        SqlNode target = node.node("into").flatMap(into -> into.node("rel")).orElseThrow();
        return new Statement.CreateTableAs(
                names.relation(target),
                ObjectKind.of(node.text("objtype").orElse("")),
                node.node("query").map(query -> AccessFolder.fold(query, names)).orElse(Access.NONE),
                uses(node),
                StatementFolder.isTemporary(target),
                node.flag("if_not_exists"));
    }

    private Statement createView(SqlNode node) {
        return new Statement.CreateView(
                relation(node, "view"),
                node.node("query").map(query -> AccessFolder.fold(query, names)).orElse(Access.NONE),
                uses(node),
                node.flag("replace"));
    }

    private ColumnUses uses(SqlNode node) {
        return node.node("query")
                .map(query -> ColumnUsesFolder.fold(query, names))
                .orElse(ColumnUses.NONE);
    }

    private Set<QualifiedName> only(SqlNode node) {
        return node.nodes("relations").stream()
                .filter(relation -> !relation.flag("inh"))
                .map(names::relation)
                .collect(Collectors.toSet());
    }

    private Statement publication(SqlNode node) {
        List<QualifiedName> tables = node.nodes("pubobjects").stream()
                .flatMap(object -> object.node("pubtable").stream())
                .flatMap(table -> table.node("relation").stream())
                .map(names::relation)
                .toList();
        Statement.PublicationChange change = node.is("CreatePublicationStmt")
                ? Statement.PublicationChange.CREATE
                : switch (node.text("action").orElse("AP_AddObjects")) {
                    case "AP_AddObjects" -> Statement.PublicationChange.ADD;
                    case "AP_DropObjects" -> Statement.PublicationChange.DROP;
                    case "AP_SetObjects" -> Statement.PublicationChange.SET;
                    default -> Statement.PublicationChange.OPTIONS;
                };
        return new Statement.Publication(
                node.text("pubname").orElse(""),
                node.has("options") && tables.isEmpty() ? Statement.PublicationChange.OPTIONS : change,
                tables);
    }

    private Statement lock(SqlNode node) {
        int number = Math.toIntExact(node.number("mode").orElse(LockMode.values().length));
        return new Statement.LockTable(relations(node, "relations"), only(node), LockMode.values()[number - 1]);
    }

    private static Optional<SqlNode> option(SqlNode node, String list, String name) {
        return node.nodes(list).stream()
                .filter(item -> item.text("defname").orElse("").equals(name))
                .findFirst();
    }

    private static String optionText(SqlNode node, String list, String name, String otherwise) {
        return option(node, list, name)
                .flatMap(item -> item.node("arg"))
                .flatMap(argument -> argument.text("sval"))
                .orElse(otherwise);
    }

    private static Statement codeBlock(SqlNode node) {
        return new Statement.CodeBlock(
                optionText(node, "args", "language", "plpgsql"),
                optionText(node, "args", "as", ""),
                Routine.UNREADABLE);
    }

    private Statement createFunction(SqlNode node) {
        Volatility volatility = switch (optionText(node, "options", "volatility", "volatile")) {
            case "immutable" -> Volatility.IMMUTABLE;
            case "stable" -> Volatility.STABLE;
            default -> Volatility.VOLATILE;
        };
        return new Statement.CreateFunction(
                qualified(node, "funcname"),
                volatility,
                optionText(node, "options", "language", "sql"),
                node.flag("is_procedure"),
                rights(node),
                Routine.UNREADABLE);
    }

    private static Rights rights(SqlNode function) {
        boolean definer = option(function, "options", "security")
                .flatMap(item -> item.node("arg"))
                .filter(argument -> argument.flag("boolval"))
                .isPresent();
        if (!definer) {
            return Rights.CALLER;
        }
        boolean path = function.nodes("options").stream()
                .filter(item -> item.text("defname").orElse("").equals("set"))
                .flatMap(item -> item.node("arg").stream())
                .anyMatch(set -> set.text("name").orElse("").equals("search_path"));
        return path ? Rights.DEFINER : Rights.DEFINER_ON_CALLERS_PATH;
    }

    private Statement grant(SqlNode node) {
        if (!node.flag("is_grant")) {
            return new Statement.Other(node.type());
        }
        boolean tables = node.text("objtype").orElse("").equals("OBJECT_TABLE")
                && node.text("targtype").orElse("").equals("ACL_TARGET_OBJECT");
        return new Statement.Grant(
                node.nodes("privileges").stream()
                        .flatMap(privilege -> privilege.text("priv_name").stream())
                        .toList(),
                tables ? relations(node, "objects") : List.of(),
                node.nodes("grantees").stream()
                        .anyMatch(role -> role.text("roletype").orElse("").equals("ROLESPEC_PUBLIC")));
    }

    private Statement trigger(SqlNode node) {
        return new Statement.CreateTrigger(
                node.text("trigname").orElse(""),
                relation(node, "relation"),
                qualified(node, "funcname"),
                node.node("constrrel").map(names::relation),
                node.flag("row"),
                node.flag("replace"));
    }

    private Statement comment(SqlNode node) {
        ObjectKind kind = ObjectKind.of(node.text("objtype").orElse(""));
        QualifiedName relation =
                node.node("object").map(object -> named(kind, object)).orElse(new QualifiedName("", ""));
        return new Statement.Comment(kind, relation);
    }

    private Statement sequence(SqlNode node) {
        Optional<List<String>> owner = option(node, "options", "owned_by")
                .flatMap(item -> item.node("arg"))
                .map(list -> list.texts("items"));
        Optional<List<String>> column = owner.filter(parts -> parts.size() > 1);
        return new Statement.Sequence(
                relation(node, "sequence"),
                node.is("CreateSeqStmt"),
                owner.isPresent(),
                column.map(parts -> names.qualified(parts.subList(0, parts.size() - 1))),
                column.map(List::getLast).orElse(""));
    }

    private Statement maintenance(SqlNode node) {
        List<QualifiedName> tables = node.nodes("rels").stream()
                .flatMap(rel -> rel.node("relation").stream())
                .map(names::relation)
                .toList();
        boolean full = option(node, "options", "full").isPresent();
        return new Statement.Maintenance(tables, node.flag("is_vacuumcmd"), full);
    }

    private Statement reindex(SqlNode node) {
        ObjectKind kind = switch (node.text("kind").orElse("")) {
            case "REINDEX_OBJECT_INDEX" -> ObjectKind.INDEX;
            case "REINDEX_OBJECT_TABLE" -> ObjectKind.TABLE;
            case "REINDEX_OBJECT_SCHEMA" -> ObjectKind.SCHEMA;
            default -> ObjectKind.OTHER;
        };
        boolean concurrently = option(node, "params", "concurrently").isPresent();
        return new Statement.Reindex(kind, node.node("relation").map(names::relation), concurrently);
    }

    private Statement createDomain(SqlNode node) {
        return new Statement.CreateDomain(
                qualified(node, "domainname"),
                node.node("typeName").map(TypeFolder::fold).orElse(TypeName.of("")),
                !node.nodes("constraints").isEmpty());
    }

    /// The subtypes are one letter each: `C` add constraint, `O` set not null, `V` validate.
    private Statement alterDomain(SqlNode node) {
        String subtype = node.text("subtype").orElse("");
        boolean adds = subtype.equals("C");
        boolean notValid =
                node.node("def").map(def -> def.flag("skip_validation")).orElse(false);
        boolean validates = (adds && !notValid) || subtype.equals("O") || subtype.equals("V");
        return new Statement.AlterDomain(qualified(node, "typeName"), validates, adds || subtype.equals("O"));
    }

    private static Statement alterDatabase(SqlNode node) {
        return option(node, "options", "tablespace").isPresent()
                ? new Statement.ServerCommand("ALTER DATABASE SET TABLESPACE")
                : new Statement.Other(node.type());
    }

    private static Statement discard(SqlNode node) {
        return node.text("target").orElse("DISCARD_ALL").equals("DISCARD_ALL")
                ? new Statement.ServerCommand("DISCARD ALL")
                : new Statement.Other(node.type());
    }

    /// Without a replication slot to create or drop, a subscription fits in a transaction.
    private static Statement subscription(SqlNode node) {
        boolean connects = Stream.of("connect", "create_slot")
                .flatMap(name -> option(node, "options", name).stream())
                .noneMatch(option -> option.node("arg")
                        .flatMap(argument -> argument.text("sval"))
                        .orElse("true")
                        .matches("false|off|0"));
        String verb = node.is("DropSubscriptionStmt") ? "DROP" : "CREATE";
        return connects ? new Statement.ServerCommand(verb + " SUBSCRIPTION") : new Statement.Other(node.type());
    }
}
