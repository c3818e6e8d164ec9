package dev.godwit.source.framework;

import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A project's `script.py.mako`, filled in without Mako: projects change its words and types, hardly ever its
/// expressions. One that has others gives way to Alembic's own.
record AlembicTemplate(String text) {
    /// What a new revision says.
    ///
    /// @param imports lines, without the last line break
    /// @param upgrades the body of `upgrade()`, see [AlembicBody#text]
    record Values(
            String message,
            String revision,
            Optional<String> downRevision,
            String created,
            String imports,
            String upgrades,
            String downgrades) {}

    /// Alembic 1.8's `templates/generic/script.py.mako`.
    static final AlembicTemplate USUAL = new AlembicTemplate("""
            \"""${message}

            Revision ID: ${up_revision}
            Revises: ${down_revision | comma,n}
            Create Date: ${create_date}

            \"""
            from alembic import op
            import sqlalchemy as sa
            ${imports if imports else ""}

            # revision identifiers, used by Alembic.
            revision = ${repr(up_revision)}
            down_revision = ${repr(down_revision)}
            branch_labels = ${repr(branch_labels)}
            depends_on = ${repr(depends_on)}


            def upgrade() -> None:
                ${upgrades if upgrades else "pass"}


            def downgrade() -> None:
                ${downgrades if downgrades else "pass"}
            """);

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern CONTROL = Pattern.compile("(?m)^\\s*%[^%]|<%");
    private static final Pattern FIRST_IMPORT = Pattern.compile("(?m)^(?:from|import) ");
    private static final Pattern TOKEN = Pattern.compile("%\\((\\w+)\\)\\.?0?([0-9]*)[ds]");

    static AlembicTemplate of(String text) {
        AlembicTemplate own = new AlembicTemplate(text.replace("\r\n", "\n"));
        return own.isSimple() ? own : USUAL;
    }

    private boolean isSimple() {
        return !CONTROL.matcher(text).find()
                && EXPRESSION.matcher(text).results().allMatch(match -> KNOWN.containsKey(key(match.group(1))));
    }

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("message", "message"),
            Map.entry("up_revision", "revision"),
            Map.entry("down_revision|comma,n", "parent"),
            Map.entry("create_date", "created"),
            Map.entry("importsifimportselse\"\"", "imports"),
            Map.entry("repr(up_revision)", "revision literal"),
            Map.entry("repr(down_revision)", "parent literal"),
            Map.entry("repr(branch_labels)", "none"),
            Map.entry("repr(depends_on)", "none"),
            Map.entry("upgradesifupgradeselse\"pass\"", "upgrades"),
            Map.entry("downgradesifdowngradeselse\"pass\"", "downgrades"));

    private static String key(String expression) {
        return expression.replaceAll("\\s", "").replace('\'', '"');
    }

    /// @return those of the imports that the template does not have itself
    String missing(List<String> imports) {
        return imports.stream()
                .filter(line -> text.lines().noneMatch(own -> own.strip().equals(line)))
                .collect(Collectors.joining("\n"));
    }

    String render(Values values) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("message", values.message());
        words.put("revision", values.revision());
        words.put("parent", values.downRevision().orElse(""));
        words.put("created", values.created());
        words.put("imports", values.imports());
        words.put("revision literal", "'" + values.revision() + "'");
        words.put(
                "parent literal",
                values.downRevision().map(id -> "'" + id + "'").orElse("None"));
        words.put("none", "None");
        words.put("upgrades", values.upgrades());
        words.put("downgrades", values.downgrades());
        return EXPRESSION
                .matcher(withImports(values.imports()))
                .replaceAll(match ->
                        Matcher.quoteReplacement(words.getOrDefault(KNOWN.getOrDefault(key(match.group(1)), ""), "")));
    }

    /// A project that took the place of imports out of its template gets them before its first import.
    private String withImports(String imports) {
        return imports.isEmpty() || text.contains("${imports")
                ? text
                : FIRST_IMPORT
                        .matcher(text)
                        .replaceFirst(match -> Matcher.quoteReplacement(imports + "\n" + match.group()));
    }

    /// Python's `%` formatting with the tokens that Alembic knows.
    static String fileName(String template, String revision, String slug, ZonedDateTime moment) {
        Map<String, String> words = Map.of(
                "rev", revision,
                "slug", slug,
                "epoch", String.valueOf(moment.toEpochSecond()),
                "year", String.valueOf(moment.getYear()),
                "month", String.valueOf(moment.getMonthValue()),
                "day", String.valueOf(moment.getDayOfMonth()),
                "hour", String.valueOf(moment.getHour()),
                "minute", String.valueOf(moment.getMinute()),
                "second", String.valueOf(moment.getSecond()));
        return TOKEN.matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(
                        padded(words.getOrDefault(match.group(1), match.group()), match.group(2))));
    }

    private static String padded(String word, String width) {
        int missing = width.isEmpty() ? 0 : Integer.parseInt(width) - word.length();
        return "0".repeat(Math.max(0, missing)) + word;
    }
}
