package dev.godwit.cli.config;

import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// On which line of a TOML file a key stands; the TOML reader does not tell. Keys inside an inline table count as its
/// own.
final class KeyLines {
    private static final Pattern TABLE = Pattern.compile("\\s*\\[+\\s*([^\\[\\]]+?)\\s*]+\\s*(?:#.*)?");
    private static final Pattern KEY = Pattern.compile(
            "\\s*((?:[\\w-]+|\"[^\"]*\"|'[^']*')(?:\\s*\\.\\s*(?:[\\w-]+|\"[^\"]*\"|'[^']*'))*)\\s*=.*");

    private record Line(String path, int number) {}

    private final List<Line> lines = new ArrayList<>();

    KeyLines(SourceText text) {
        String table = "";
        boolean inText = false;
        for (int number = 1; number <= text.lineCount(); number++) {
            String line = text.line(number);
            if (!inText) {
                Matcher header = TABLE.matcher(line);
                table = header.matches() ? path(header.group(1)) + "." : table;
                add(line, header.matches() ? "" : table, number);
            }
            inText ^= opensOrCloses(line);
        }
    }

    private void add(String line, String table, int number) {
        Matcher key = KEY.matcher(line);
        Matcher header = TABLE.matcher(line);
        if (header.matches()) {
            lines.add(new Line(path(header.group(1)), number));
        } else if (key.matches()) {
            lines.add(new Line(table + path(key.group(1)), number));
        }
    }

    /// Texts over several lines begin and end with three quotes.
    private static boolean opensOrCloses(String line) {
        int quotes = line.split("\"\"\"|'''", -1).length - 1;
        return quotes % 2 == 1;
    }

    private static String path(String key) {
        return key.replaceAll("\\s*\\.\\s*", ".").replaceAll("[\"']", "");
    }

    OptionalInt of(String path) {
        return lines.stream()
                .filter(line -> line.path.equals(path) || path.startsWith(line.path + "."))
                .mapToInt(Line::number)
                .reduce((first, second) ->
                        pathAt(second).length() > pathAt(first).length() ? second : first);
    }

    private String pathAt(int number) {
        return lines.stream()
                .filter(line -> line.number == number)
                .map(Line::path)
                .findFirst()
                .orElse("");
    }

    /// @return the path of a key that stands there twice, and the line of the second
    Optional<String> repeated() {
        return repeat().map(Line::path);
    }

    OptionalInt repeatedLine() {
        return repeat().map(line -> OptionalInt.of(line.number)).orElse(OptionalInt.empty());
    }

    private Optional<Line> repeat() {
        return lines.stream()
                .filter(line -> lines.stream().anyMatch(l -> l.path.equals(line.path) && l.number < line.number))
                .findFirst();
    }
}
