package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation.Finished;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a failed command of Laravel says, which may end with 0: the server's first line, without the statement and the
/// DETAIL, which hold values of rows.
final class LaravelFailure {
    /// @param word how Laravel's text can be recognised
    private record Known(String word, String what, String remedy) {}

    /// These end with 0, and are fine only beside a migration that was done.
    private static final List<Known> NOTHING_DONE = List.of(
            new Known(
                    "Nothing to migrate",
                    "it found nothing to migrate",
                    "the migration is recorded as applied already: compare with php artisan migrate:status"),
            new Known(
                    "Nothing to rollback",
                    "it found nothing to roll back",
                    "no migration is recorded as applied: compare with php artisan migrate:status"),
            new Known(
                    "Migration not found",
                    "it undid nothing, because the migration to undo is not recorded as applied",
                    "compare with php artisan migrate:status"));

    private static final List<Known> KNOWN = List.of(
            new Known(
                    "Command cance",
                    "it wanted a yes, because this is production",
                    "the command of Godwit has --force: take away what overrides it"),
            new Known(
                    "could not find driver",
                    "PHP has no driver for PostgreSQL",
                    "install it: the package php-pgsql, or the extension pdo_pgsql"),
            new Known("vendor/autoload.php", "its packages are not installed on this machine", "composer install"));

    private static final Pattern DONE = Pattern.compile("(?m)^\\s*(?:Migrated|Rolled back):|\\bDONE\\s*$");
    private static final Pattern SERVER = Pattern.compile("SQLSTATE\\[(\\w{5})][^\\n]*?\\b(?:ERROR|FATAL): +([^\\n]*)");
    private static final Pattern CONNECTION = Pattern.compile("SQLSTATE\\[(08\\w{3})] \\[\\d+] ([^\\n]*)");
    private static final Pattern FRAME = Pattern.compile("((?:[\\w.-]+/)*\\d[\\w.-]*_[\\w.-]*\\.php)[:(]([0-9]+)");
    private static final Pattern THROWN =
            Pattern.compile("(?m)^[ \\t]*((?:[A-Z]\\w*\\\\)*[A-Z]\\w*)[ \\t]*\\n+[ \\t]*(\\S[^\\n]*)");
    private static final Pattern FATAL = Pattern.compile("PHP [\\w ]*[Ee]rror: +([^\\n]*)");

    private LaravelFailure() {}

    static Optional<Problem> of(Finished finished) {
        String text = (finished.output() + "\n" + finished.errors()).replace("\r\n", "\n");
        if (isWithoutTable(text)) {
            return Optional.empty();
        }
        Optional<Known> known =
                KNOWN.stream().filter(k -> contains(text, k.word)).findFirst();
        if (finished.exitCode() == 0 && known.isEmpty()) {
            known = DONE.matcher(text).find()
                    ? Optional.empty()
                    : NOTHING_DONE.stream().filter(k -> contains(text, k.word)).findFirst();
            return known.map(k -> Problem.database("Laravel: " + k.what).remedy(k.remedy));
        }
        return Optional.of(known.map(k -> Problem.database("Laravel: " + k.what).remedy(k.remedy))
                .orElseGet(() -> thrown(text, finished.exitCode())));
    }

    private static boolean contains(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    /// `migrate:status` on a database that has seen no migration.
    static boolean isWithoutTable(String text) {
        return text.contains("Migration table not found");
    }

    private static Problem thrown(String text, int exitCode) {
        Matcher server = SERVER.matcher(text);
        Matcher connection = CONNECTION.matcher(text);
        String place = place(text);
        if (server.find()) {
            String state = "SQLSTATE " + server.group(1);
            return problem(server.group(2), place.isEmpty() ? state : place + ", " + state);
        }
        if (connection.find()) {
            return problem(connection.group(2), "SQLSTATE " + connection.group(1));
        }
        String what = second(THROWN, text)
                .or(() -> first(FATAL, text))
                .or(() -> text.lines()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty())
                        .findFirst())
                .orElse("it ended with exit code " + exitCode + " and no word of error");
        return problem(what, place);
    }

    private static Problem problem(String what, String place) {
        return Problem.database("Laravel: "
                        + what.replaceFirst(" \\((?:Connection: \\w+, )?SQL: .*", "")
                                .strip())
                .at(place)
                .remedy("mend what it names, then run the command again");
    }

    private static String place(String text) {
        Matcher frame = FRAME.matcher(text);
        return frame.find() ? frame.group(1) + ":" + frame.group(2) : "";
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static Optional<String> second(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? Optional.of(matcher.group(1) + ": " + matcher.group(2).strip())
                : Optional.empty();
    }
}
