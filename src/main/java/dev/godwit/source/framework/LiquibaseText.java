package dev.godwit.source.framework;

import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// A changeset of SQL, in each of the forms that a changelog has.
///
/// @param down empty writes none: Liquibase then knows no way back
/// @param withoutTransaction whether to say that no transaction is wanted
record LiquibaseText(String id, String author, String up, Optional<String> down, boolean withoutTransaction) {
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
                + "        <sql" + split + ">" + cdata(up) + "</sql>\n"
                + down.map(sql -> "        <rollback>" + cdata(sql) + "</rollback>\n")
                        .orElse("")
                + "    </changeSet>\n";
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
                + "      changes:\n        - sql:\n"
                + (whole() ? "            splitStatements: false\n" : "")
                + "            sql: |-\n" + block(up)
                + down.map(sql -> "      rollback:\n        - sql:\n            sql: |-\n" + block(sql))
                        .orElse("");
    }

    private static String block(String sql) {
        return sql.lines()
                .map(line -> line.isBlank() ? "" : " ".repeat(14) + line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    String json() {
        return "  {\"changeSet\": {\n    \"id\": " + json(id) + ",\n    \"author\": " + json(author) + ",\n"
                + (withoutTransaction ? "    \"runInTransaction\": false,\n" : "")
                + "    \"changes\": [{\"sql\": {" + (whole() ? "\"splitStatements\": false, " : "") + "\"sql\": "
                + json(up)
                + "}}]"
                + down.map(sql -> ",\n    \"rollback\": [{\"sql\": {\"sql\": " + json(sql) + "}}]")
                        .orElse("")
                + "\n  }}\n";
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
