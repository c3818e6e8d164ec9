package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation.Finished;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What Flyway's answer means when something went wrong. Its exit code is not to be trusted: without the jar of its
/// reports it prints the error and ends with 0.
final class FlywayFailure {
    /// What Flyway says, and what to do about it.
    private record Known(String word, String remedy) {}

    private static final List<Known> KNOWN = List.of(
            new Known(
                    "checksum mismatch",
                    "a file was edited after it was applied: put its text back, or accept the new one: flyway repair"),
            new Known(
                    "Detected failed migration",
                    "a migration without a transaction failed half-way: undo what it left, then: flyway repair"),
            new Known(
                    "Found non-empty schema",
                    "the database is older than its Flyway history: flyway -baselineVersion=VERSION baseline"),
            new Known(
                    "mix of both transactional and non-transactional",
                    "put what refuses a transaction block (CONCURRENTLY) into a file of its own"),
            new Known(
                    "Unable to obtain PostgreSQL advisory lock",
                    "another Flyway is running against this database: wait until it has ended, then try again"),
            new Known(
                    "applied migration not resolved locally",
                    "a file of an applied migration is missing: bring it back, or: flyway repair"),
            new Known("No value provided for placeholder", "give the placeholder a value in Flyway's settings"));

    private static final Pattern ERROR = Pattern.compile("(?m)^ERROR: (.*)$");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^Message +: (?:ERROR: )?(.*)$");
    private static final Pattern STATE = Pattern.compile("(?m)^SQL State +: ([0-9A-Z]{5})$");
    private static final Pattern FILE = Pattern.compile("(?m)^Location +: ([^(\\n]*?)(?: \\(.*\\))?$");
    private static final Pattern LINE = Pattern.compile("(?m)^Line +: ([0-9]+)$");
    private static final Pattern JSON =
            Pattern.compile("(?s)\\A\\s*\\{.*\"error\" *: *\\{.*\"message\" *: *\"((?:[^\"\\\\]|\\\\.)*)\"");

    private FlywayFailure() {}

    static Optional<Problem> of(Finished finished) {
        String text = text(finished);
        Optional<String> error = first(ERROR, text);
        if (finished.exitCode() == 0 && error.isEmpty()) {
            return Optional.empty();
        }
        String what = first(MESSAGE, text)
                .or(() -> detail(text))
                .or(() -> error)
                .orElseGet(() -> "it ended with exit code " + finished.exitCode() + " and no word of error");
        return Optional.of(Problem.database("Flyway: " + what).at(place(text)).remedy(remedy(text)));
    }

    /// In its form for machines an error is a JSON text on standard output.
    private static String text(Finished finished) {
        String json = first(JSON, finished.output())
                .map(message -> "ERROR: " + message.translateEscapes())
                .orElse("");
        return Stream.of(finished.errors(), finished.output(), json)
                .filter(part -> !part.isBlank())
                .reduce("", (a, b) -> a + "\n" + b)
                .replace("\r\n", "\n");
    }

    /// `Validate failed` says what on the next line.
    private static Optional<String> detail(String text) {
        return KNOWN.stream()
                .flatMap(known -> text.lines().filter(line -> contains(line, known.word)))
                .map(line -> line.replaceFirst("^ERROR: ", "").strip())
                .findFirst();
    }

    private static String remedy(String text) {
        return KNOWN.stream()
                .filter(known -> contains(text, known.word))
                .map(Known::remedy)
                .findFirst()
                .orElse("mend what it names, then run the command again");
    }

    private static boolean contains(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    private static String place(String text) {
        String file =
                first(FILE, text).map(f -> f.replaceFirst("^filesystem:", "")).orElse("");
        String line = first(LINE, text).map(number -> ":" + number).orElse("");
        String state = first(STATE, text).map(s -> "SQLSTATE " + s).orElse("");
        return Stream.of(file.isEmpty() ? "" : file + line, state)
                .filter(part -> !part.isEmpty())
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
