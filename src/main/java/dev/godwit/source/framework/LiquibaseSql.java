package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Script;
import dev.godwit.source.Script.Language;
import dev.godwit.source.TransactionMode;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Formatted SQL: comments divide a script into changesets. The up is the text as it stands, with its comments.
final class LiquibaseSql {
    private static final Pattern HEADER = Pattern.compile("(?i)--\\s*liquibase\\s+formatted\\s+sql\\b(.*)");
    private static final Pattern CHANGE_SET = Pattern.compile("(?i)\\s*--\\s*changeset\\b(.*)");
    private static final Pattern NAMES =
            Pattern.compile("\\s+(?:\"([^\"]+)\"|([^\\s:\"][^:]*)):(?:\"([^\"]+)\"|(\\S+))(.*)");
    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Za-z]+):(?:\"([^\"]*)\"|(\\S+))");
    private static final Pattern ROLLBACK = Pattern.compile("(?i)(\\s*--\\s*rollback\\b ?)(.*)");
    private static final Pattern ROLLBACK_BLOCK = Pattern.compile("(?i)\\s*/\\*\\s*liquibase\\s+rollback\\s*");
    private static final Pattern NOTHING = Pattern.compile("(?i)\\s*(?:empty|not required)\\s*;?\\s*");
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)\\s*changeset(?:id|path|author):.*");
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{[^}\\s]+}");

    /// @param line of its heading
    private record Heading(int line, String author, String id, Map<String, String> attributes) {}

    private final Path path;
    private final SourceText source;
    private final List<String> lines;
    private final List<Problem> problems;

    LiquibaseSql(Path path, SourceText source, List<Problem> problems) {
        this.path = path;
        this.source = source;
        this.lines = source.content().lines().toList();
        this.problems = problems;
    }

    static boolean isFormatted(SourceText source) {
        return source.content()
                .lines()
                .limit(1)
                .anyMatch(line -> HEADER.matcher(line.strip()).matches());
    }

    /// @param file the path as the changelogs name it
    List<LiquibaseChangeSet> changeSets(String file) {
        if (!isFormatted(source)) {
            Script raw = new Script(path, source, language(source.content(), Map.of()), TransactionMode.ALWAYS);
            return List.of(new LiquibaseChangeSet("raw", "includeAll", file, raw, Optional.empty(), false));
        }
        String logical = attributes(lines.getFirst()).getOrDefault("logicalfilepath", file);
        List<Heading> headings = headings();
        List<LiquibaseChangeSet> found = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            int last = i + 1 < headings.size() ? headings.get(i + 1).line - 1 : lines.size();
            changeSet(headings.get(i), last, logical).ifPresent(found::add);
        }
        return found;
    }

    private List<Heading> headings() {
        List<Heading> found = new ArrayList<>();
        for (int line = 1; line <= lines.size(); line++) {
            Matcher heading = CHANGE_SET.matcher(lines.get(line - 1));
            if (heading.matches()) {
                heading(line, heading.group(1)).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Heading> heading(int line, String rest) {
        Matcher names = NAMES.matcher(rest);
        if (!names.matches()) {
            problems.add(Problem.usage("the changeset has no author and id")
                    .at(source.name() + ":" + line)
                    .remedy("write --changeset author:id"));
            return Optional.empty();
        }
        String author = names.group(1) == null ? names.group(2) : names.group(1);
        String id = names.group(3) == null ? names.group(4) : names.group(3);
        return Optional.of(new Heading(line, author.strip(), id, attributes(names.group(5))));
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> found = new HashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            found.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return found;
    }

    private Optional<LiquibaseChangeSet> changeSet(Heading heading, int last, String logical) {
        Map<String, String> attributes = heading.attributes;
        if (!LiquibaseListing.runs(attributes)) {
            return Optional.empty();
        }
        TransactionMode mode = LiquibaseListing.mode(attributes);
        SourceText text = LiquibaseChangeSet.lines(source, heading.line, last);
        return Optional.of(new LiquibaseChangeSet(
                heading.id,
                heading.author,
                attributes.getOrDefault("logicalfilepath", logical),
                new Script(path, text, language(text.content(), attributes), mode),
                rollback(heading, last).map(down -> down.with(mode)),
                "true".equalsIgnoreCase(attributes.get("runalways"))));
    }

    /// The server gets the text as it stands, unless a parameter or an unusual end of statements is in it.
    private static Language language(String text, Map<String, String> attributes) {
        boolean replaced = PARAMETER.matcher(text).find() || attributes.containsKey("enddelimiter");
        return replaced ? Language.CODE : Language.SQL;
    }

    /// Every line of it on its own line and in its own columns.
    private Optional<Script> rollback(Heading heading, int last) {
        List<String> text = new ArrayList<>();
        boolean written = false;
        boolean block = false;
        for (int line = heading.line; line <= last; line++) {
            String content = lines.get(line - 1);
            Matcher matcher = ROLLBACK.matcher(content);
            if (block) {
                block = !content.contains("*/");
                text.add(content.replaceFirst("\\*/.*", ""));
            } else if (matcher.matches()) {
                written = true;
                text.add(" ".repeat(matcher.group(1).length()) + matcher.group(2));
            } else {
                block = ROLLBACK_BLOCK.matcher(content).matches();
                written |= block;
                text.add("");
            }
        }
        String sql = String.join("\n", text);
        return written
                ? Optional.of(rollback("\n".repeat(heading.line - 1) + sql.stripTrailing() + "\n"))
                : Optional.empty();
    }

    private Script rollback(String sql) {
        if (NOTHING.matcher(sql.strip()).matches()) {
            String noOp = "-- godwit:no-op the changeset says so: rollback " + sql.strip();
            return script(
                    "\n".repeat((int) sql.chars().takeWhile(c -> c == '\n').count()) + noOp + "\n", Language.SQL);
        }
        boolean elsewhere = ELSEWHERE.matcher(sql.strip()).matches();
        return script(sql, elsewhere ? Language.CODE : language(sql, Map.of()));
    }

    private Script script(String text, Language language) {
        return new Script(path, new SourceText(source.name(), text), language, TransactionMode.ALWAYS);
    }
}
