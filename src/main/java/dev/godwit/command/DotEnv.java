package dev.godwit.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The variables of a project's `.env`, which many tools load where the real environment has none of
/// that name.
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|(\\S*)).*");

    private DotEnv() {}

    /// @return none where there is no such file, or none that is text
    static Map<String, String> read(Path root) {
        Path file = root.resolve(".env");
        Map<String, String> variables = new HashMap<>();
        if (Files.isRegularFile(file)) {
            for (String line : lines(file)) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    variables.put(matcher.group(1), value(matcher));
                }
            }
        }
        return variables;
    }

    private static Iterable<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String value(Matcher matcher) {
        for (int group = 2; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }
}
