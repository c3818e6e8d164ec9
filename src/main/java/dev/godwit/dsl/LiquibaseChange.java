package dev.godwit.dsl;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// One change of a changeset, or a part of one, in whatever form the changelog has.
///
/// @param comments lines above it
/// @param attributes in order
/// @param text the SQL of a `sql`; empty for all others
/// @param parts its columns, and the constraints of a column
record LiquibaseChange(
        String name, List<String> comments, Map<String, String> attributes, String text, List<LiquibaseChange> parts) {
    private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_]*(?:\\([0-9, ]+\\))?(?:\\[])?|[0-9]{1,9}";
    private static final String YAML_WORD = "(?i)yes|no|on|off|y|n|null|true|false";

    LiquibaseChange {
        requireNonNull(name);
        comments = List.copyOf(comments);
        attributes = new LinkedHashMap<>(attributes);
        requireNonNull(text);
        parts = List.copyOf(parts);
    }

    static LiquibaseChange of(String name) {
        return new LiquibaseChange(name, List.of(), Map.of(), "", List.of());
    }

    static LiquibaseChange sql(String sql) {
        LiquibaseChange change = new LiquibaseChange("sql", List.of(), Map.of(), sql, List.of());
        return sql.indexOf(';') >= 0 ? change.with("splitStatements", "false") : change;
    }

    LiquibaseChange with(String attribute, String value) {
        Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new LiquibaseChange(name, comments, more, text, parts);
    }

    LiquibaseChange with(List<LiquibaseChange> more) {
        List<LiquibaseChange> all = new ArrayList<>(parts);
        all.addAll(more);
        return new LiquibaseChange(name, comments, attributes, text, all);
    }

    LiquibaseChange under(List<String> above) {
        return new LiquibaseChange(name, above, attributes, text, parts);
    }

    boolean isSql() {
        return name.equals("sql");
    }

    /// @return lines; SQL is one of them whatever it holds, for an indentation could be part of a value
    List<String> xml() {
        List<String> lines = new ArrayList<>();
        comments.forEach(comment -> lines.add("<!-- " + comment.replace("--", "- -") + " -->"));
        StringBuilder open = new StringBuilder("<" + name);
        attributes.forEach((key, value) -> open.append(' ')
                .append(key)
                .append("=\"")
                .append(attribute(value))
                .append('"'));
        if (isSql()) {
            lines.add(open + ">" + cdata(text) + "</sql>");
            return lines;
        }
        if (parts.isEmpty()) {
            lines.add(open + "/>");
            return lines;
        }
        lines.add(open + ">");
        parts.forEach(part -> part.xml().forEach(line -> lines.add("    " + line)));
        lines.add("</" + name + ">");
        return lines;
    }

    private static String attribute(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("\n", "&#10;")
                .replace("\r", "&#13;")
                .replace("\t", "&#9;");
    }

    private static String cdata(String sql) {
        return sql.matches("(?s)[^<>&]*") ? sql : "<![CDATA[" + sql.replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }

    /// @return an item of a list
    List<String> yaml() {
        List<String> lines = new ArrayList<>();
        comments.forEach(comment -> lines.add("# " + comment));
        lines.add("- " + name + ":");
        yamlBody().forEach(line -> lines.add((line.isEmpty() ? "" : "    ") + line));
        return lines;
    }

    private List<String> yamlBody() {
        List<String> lines = new ArrayList<>();
        attributes.forEach((key, value) -> lines.add(key + ": " + scalar(value)));
        if (isSql()) {
            lines.addAll(yamlSql(text));
        }
        for (LiquibaseChange part : parts) {
            if (part.name.equals("column")) {
                if (!lines.contains("columns:")) {
                    lines.add("columns:");
                }
                part.yaml().forEach(line -> lines.add("  " + line));
            } else {
                lines.add(part.name + ":");
                part.yamlBody().forEach(line -> lines.add("  " + line));
            }
        }
        return lines;
    }

    private static List<String> yamlSql(String sql) {
        if (sql.startsWith(" ") || !sql.equals(sql.strip()) || !sql.matches("[^\\p{Cntrl}]*(?:\\n[^\\p{Cntrl}]*)*")) {
            return List.of("sql: " + json(sql));
        }
        List<String> lines = new ArrayList<>(List.of("sql: |-"));
        sql.lines().forEach(line -> lines.add(line.isEmpty() ? "" : "  " + line));
        return lines;
    }

    private static String scalar(String value) {
        boolean flag = value.equals("true") || value.equals("false");
        return flag || (value.matches(PLAIN) && !value.matches(YAML_WORD)) ? value : json(value);
    }

    /// @return an object in braces
    String json() {
        return "{" + json(name) + ": " + jsonBody() + "}";
    }

    private String jsonBody() {
        List<String> members = new ArrayList<>();
        attributes.forEach((key, value) -> members.add(json(key) + ": " + jsonValue(value)));
        if (isSql()) {
            members.add("\"sql\": " + json(text));
        }
        List<String> columns = parts.stream()
                .filter(part -> part.name.equals("column"))
                .map(LiquibaseChange::json)
                .toList();
        if (!columns.isEmpty()) {
            members.add("\"columns\": [" + String.join(", ", columns) + "]");
        }
        parts.stream()
                .filter(part -> !part.name.equals("column"))
                .forEach(part -> members.add(json(part.name) + ": " + part.jsonBody()));
        return "{" + String.join(", ", members) + "}";
    }

    private static String jsonValue(String value) {
        return value.equals("true") || value.equals("false") ? value : json(value);
    }

    private static String json(String text) {
        return new JsonMapper().writeValueAsString(text);
    }
}
