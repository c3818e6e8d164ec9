package dev.godwit.source.framework;

import dev.godwit.source.CodeBody;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// A changeset of SQL, in each of the forms that a changelog has.
///
/// @param down empty writes none: Liquibase then knows no way back
/// @param code the same as Liquibase's changes, which then take the place of the SQL
/// @param withoutTransaction whether to say that no transaction is wanted
record LiquibaseText(
        String id,
        String author,
        String up,
        Optional<String> down,
        Optional<CodeBody> code,
        boolean withoutTransaction) {
    /// A body between dollar signs holds semicolons that end no statement.
    private boolean whole() {
        return up.contains("$$") || up.matches("(?s).*\\$\\w+\\$.*");
    }

    String sql() {
        String options = (withoutTransaction ? " runInTransaction:false" : "")
                + (whole() ? " splitStatements:false rollbackSplitStatements:false" : "");
        String rollback = down.map(LiquibaseText::rollbackLines).orElse("""
                -- Write below what undoes it, each line as --rollback SQL; until then, godwit apply refuses.
                -- When there is nothing to undo: --rollback empty""");
        return "--changeset " + quoted(author) + ":" + quoted(id) + options + "\n" + up + "\n" + rollback + "\n";
    }

    private static String rollbackLines(String sql) {
        return sql.lines().map(line -> "--rollback " + line).collect(Collectors.joining("\n"));
    }

    private static String quoted(String name) {
        return name.matches("[^\\s:\"]+") ? name : '"' + name.replace("\"", "") + '"';
    }

    String xml() {
        String options = withoutTransaction ? " runInTransaction=\"false\"" : "";
        String split = whole() ? " splitStatements=\"false\"" : "";
        return "    <changeSet id=\"" + escaped(id) + "\" author=\"" + escaped(author) + "\"" + options + ">\n"
                + code.map(body -> block(body.up(), 8))
                        .orElseGet(() -> "        <sql" + split + ">" + cdata(up) + "</sql>\n")
                + rollback(
                        lines -> "        <rollback>\n" + block(lines, 12) + "        </rollback>\n",
                        sql -> "        <rollback>" + cdata(sql) + "</rollback>\n")
                + "    </changeSet>\n";
    }

    private static String block(List<String> lines, int indent) {
        return lines.stream()
                .map(line -> (line.isEmpty() ? "" : " ".repeat(indent) + line) + "\n")
                .collect(Collectors.joining());
    }

    /// @return nothing where Liquibase undoes the changes by itself, or where nobody knows how
    private String rollback(Function<List<String>, String> changes, Function<String, String> sql) {
        if (code.filter(CodeBody::undoesItself).isPresent()) {
            return "";
        }
        return code.flatMap(CodeBody::down)
                .filter(lines -> !lines.isEmpty())
                .map(changes)
                .or(() -> down.map(sql))
                .orElse("");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String cdata(String sql) {
        return sql.matches("(?s)[^<>&]*") ? sql : "<![CDATA[" + sql.replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }

    String yaml() {
        return "  - changeSet:\n      id: " + json(id) + "\n      author: " + json(author) + "\n"
                + (withoutTransaction ? "      runInTransaction: false\n" : "")
                + "      changes:\n"
                + code.map(body -> block(body.up(), 8))
                        .orElseGet(() -> "        - sql:\n" + (whole() ? "            splitStatements: false\n" : "")
                                + "            sql: |-\n" + block(up))
                + rollback(
                        lines -> "      rollback:\n" + block(lines, 8),
                        sql -> "      rollback:\n        - sql:\n            sql: |-\n" + block(sql));
    }

    private static String block(String sql) {
        return sql.lines()
                .map(line -> line.isBlank() ? "" : " ".repeat(14) + line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    String json() {
        return "  {\"changeSet\": {\n    \"id\": " + json(id) + ",\n    \"author\": " + json(author) + ",\n"
                + (withoutTransaction ? "    \"runInTransaction\": false,\n" : "")
                + "    \"changes\": ["
                + code.map(body -> items(body.up()))
                        .orElseGet(() -> "{\"sql\": {" + (whole() ? "\"splitStatements\": false, " : "") + "\"sql\": "
                                + json(up) + "}}")
                + "]"
                + rollback(
                        lines -> ",\n    \"rollback\": [" + items(lines) + "]",
                        sql -> ",\n    \"rollback\": [{\"sql\": {\"sql\": " + json(sql) + "}}]")
                + "\n  }}\n";
    }

    private static String items(List<String> objects) {
        return "\n      " + String.join(",\n      ", objects) + "\n    ";
    }

    private static String json(String text) {
        return new JsonMapper().writeValueAsString(text);
    }

    /// @return a changelog of its own around changesets
    static String document(String ending, String body) {
        return switch (ending) {
            case ".xml" -> """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                        xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                            http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
                    """ + body + "</databaseChangeLog>\n";
            case ".json" -> "{\"databaseChangeLog\": [\n" + body + "]}\n";
            case ".sql" -> "--liquibase formatted sql\n\n" + body;
            default -> "databaseChangeLog:\n" + body;
        };
    }
}
