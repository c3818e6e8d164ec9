package dev.godwit.source.framework;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file that Python's `configparser` reads: sections, `key = value`, further lines of a value indented.
///
/// @param lines as they stand
record IniText(List<String> lines) {
    private static final Pattern SECTION = Pattern.compile("\\[([^]]+)]\\s*");
    private static final Pattern OPTION = Pattern.compile("([^\\s=:#;\\[][^=:]*?)\\s*[=:]\\s*(.*)");
    private static final Pattern REFERENCE = Pattern.compile("%%|%\\(([^)]+)\\)s");

    /// Configurations that refer to themselves end here.
    private static final int DEEPEST = 10;

    IniText {
        lines = List.copyOf(lines);
    }

    static IniText of(String content) {
        return new IniText(content.lines().toList());
    }

    boolean hasSection(String name) {
        return lines.stream()
                .anyMatch(line -> section(line).filter(name::equals).isPresent());
    }

    private static Optional<String> section(String line) {
        Matcher matcher = SECTION.matcher(line);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// @param here what `%(here)s` stands for
    /// @return the value with its references followed, a comment behind it left out; empty when it is not set
    Optional<String> value(String section, String key, String here) {
        Map<String, String> options = options("DEFAULT");
        options.putAll(options(section));
        options.putIfAbsent("here", here.replace("%", "%%"));
        return Optional.ofNullable(options.get(key))
                .map(raw -> resolve(raw, options, 0))
                .map(value -> value.replaceFirst("\\s+[#;].*$", "").strip())
                .filter(value -> !value.isEmpty());
    }

    private Map<String, String> options(String section) {
        Map<String, String> options = new LinkedHashMap<>();
        String current = "";
        String key = "";
        for (String line : lines) {
            Optional<String> opened = section(line);
            Matcher option = OPTION.matcher(line);
            if (opened.isPresent()) {
                current = opened.get();
                key = "";
            } else if (current.equals(section) && option.matches()) {
                key = option.group(1).toLowerCase(Locale.ROOT);
                options.put(key, option.group(2));
            } else if (current.equals(section) && continues(line) && !key.isEmpty()) {
                options.merge(key, line.strip(), (a, b) -> (a + "\n" + b).strip());
            }
        }
        return options;
    }

    private static boolean continues(String line) {
        return !line.isBlank() && Character.isWhitespace(line.charAt(0)) && !isComment(line);
    }

    private static boolean isComment(String line) {
        return line.strip().startsWith("#") || line.strip().startsWith(";");
    }

    private static String resolve(String raw, Map<String, String> options, int depth) {
        return REFERENCE.matcher(raw).replaceAll(match -> {
            if (match.group(1) == null) {
                return "%";
            }
            String name = match.group(1).toLowerCase(Locale.ROOT);
            boolean known = options.containsKey(name) && depth < DEEPEST;
            return Matcher.quoteReplacement(
                    known ? resolve(options.getOrDefault(name, ""), options, depth + 1) : match.group());
        });
    }

    /// @param values written in the section in place of what it says about the same keys
    /// @param here written wherever the file says `%(here)s`
    String with(String section, Map<String, String> values, String here) {
        List<String> out = new ArrayList<>();
        String current = "";
        boolean dropped = false;
        for (String line : lines) {
            Optional<String> opened = section(line);
            Matcher option = OPTION.matcher(line);
            boolean inSection = current.equals(section);
            if (opened.isPresent()) {
                current = opened.get();
                dropped = false;
            } else if (option.matches()) {
                dropped = inSection && values.containsKey(option.group(1).toLowerCase(Locale.ROOT));
            } else {
                dropped &= continues(line);
            }
            if (!dropped) {
                out.add(line.replace("%(here)s", escape(here)));
            }
            if (opened.filter(section::equals).isPresent()) {
                values.forEach((key, value) -> out.add(key + " = " + escape(value)));
            }
        }
        return String.join("\n", out) + "\n";
    }

    private static String escape(String value) {
        return value.replace("%", "%%");
    }
}
