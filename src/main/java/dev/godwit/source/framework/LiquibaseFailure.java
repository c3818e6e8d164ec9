package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation.Finished;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Liquibase's answer means when something went wrong.
final class LiquibaseFailure {
    /// What Liquibase says, and what to do about it.
    private record Known(String word, String remedy) {}

    private static final List<Known> KNOWN = List.of(
            new Known(
                    "Could not acquire change log lock",
                    "when no other Liquibase is running, a killed one left its lock behind: liquibase release-locks"),
            new Known(
                    "Validation Failed",
                    "a changeset was edited after it was applied: put its text back, or write a new changeset for the"
                            + " difference; liquibase clear-checksums accepts all texts as they are"),
            new Known(
                    "does not support automatic rollback",
                    "write the changeset's rollback; when nothing has to be undone, an empty one"),
            new Known("No inverse to", "write the changeset's rollback; when nothing has to be undone, an empty one"),
            new Known(
                    "cannot run inside a transaction block",
                    "put it into a changeset of its own with runInTransaction=\"false\""),
            new Known("was not found in the configured search path", "write the file, or mend the path that names it"));

    private static final Pattern REASON =
            Pattern.compile("(?m)^(?:ERROR: )?Exception Primary Reason: +(?:ERROR: )?(.*)$");
    private static final Pattern ERROR =
            Pattern.compile("(?m)^(?:Unexpected error running Liquibase: |ERROR: )(?!Exception)(.*)$");
    private static final Pattern CHECKSUM = Pattern.compile("(?m)^\\s+(\\S.*) (?:was: \\S+ but is now: \\S+)\\s*$");
    private static final Pattern CHANGE_SET = Pattern.compile("(?m)failed for changeset (.*?):?\\s*$");

    private LiquibaseFailure() {}

    static Optional<Problem> of(Finished finished) {
        String text = (finished.errors() + "\n" + finished.output()).replace("\r\n", "\n");
        boolean said = text.contains("Unexpected error running Liquibase");
        if (finished.exitCode() == 0 && !said) {
            return Optional.empty();
        }
        String what = first(REASON, text)
                .or(() -> first(ERROR, text))
                .map(LiquibaseFailure::withoutStatement)
                .orElseGet(() -> "it ended with exit code " + finished.exitCode() + " and no word of error");
        Optional<String> edited = first(CHECKSUM, text);
        String place = first(CHANGE_SET, text).or(() -> edited).orElse("");
        String reason = edited.map(_ -> "the changeset's text is not the one that was applied")
                .orElse(what);
        return Optional.of(Problem.database("Liquibase: " + reason).at(place).remedy(remedy(text)));
    }

    /// The statement stands behind the server's message, with every value in it.
    private static String withoutStatement(String message) {
        return message.replaceFirst("\\s*\\[Failed SQL:.*", "").strip();
    }

    private static String remedy(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(known -> lower.contains(known.word.toLowerCase(Locale.ROOT)))
                .map(Known::remedy)
                .findFirst()
                .orElse("mend what it names, then run the command again");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
