package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation.Finished;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a failed command of Rails says: the server's first line, never its DETAIL, which holds values of rows.
final class RailsFailure {
    /// @param word how Rails' text can be recognised
    /// @param before what to say before Rails' own word
    private record Known(String word, String before, String remedy) {}

    private static final String GEMS = "Rails cannot start, because the Gemfile is not satisfied on this machine: ";
    private static final String INSTALL =
            "bundle install; what belongs to other groups can be left out: bundle config set without development:test";

    private static final List<Known> KNOWN = List.of(
            new Known("Could not find gem", GEMS, INSTALL),
            new Known("Bundler::GemNotFound", GEMS, INSTALL),
            new Known("in locally installed gems", GEMS, INSTALL),
            new Known("in any of the sources", GEMS, INSTALL),
            new Known("but your Gemfile specified", GEMS, "start Godwit with the Ruby that the Gemfile names"),
            new Known("cannot load such file -- bundler", GEMS, "install Bundler: gem install bundler"),
            new Known(
                    "ConcurrentMigrationError",
                    "",
                    "another migration is running against this database: wait until it has ended, then try again"),
            new Known("IrreversibleMigration", "", "write its down, so that there is a way back"),
            new Known(
                    "UnknownMigrationVersionError",
                    "",
                    "a file of an applied migration is missing: bring it back, or take its row away"),
            new Known(
                    "failed to execute:",
                    "the migration is done, but the schema dump failed: ",
                    "install PostgreSQL's client programs (pg_dump)"));

    private static final Pattern SERVER = Pattern.compile("\\bPG::\\w+: (?:ERROR|FATAL): +([^\\n]*)");
    private static final Pattern CANCELED = Pattern.compile("all later migrations canceled:\\s+([^\\n]+)");
    private static final Pattern ABORTED =
            Pattern.compile("(?:rails|rake|bin/rails) aborted!\\s+([^\\n]+)(?:\\n\\n([^\\n]+))?");
    private static final Pattern PLACE =
            Pattern.compile("(?m)^\\s*(?:\\S*?/)?((?:db/\\S*?)?[0-9]+_[a-z0-9_.]+\\.rb):([0-9]+):in ");

    private RailsFailure() {}

    static Optional<Problem> of(Finished finished) {
        String text = (finished.errors() + "\n" + finished.output()).replace("\r\n", "\n");
        if (finished.exitCode() == 0 || isWithoutTable(text)) {
            return Optional.empty();
        }
        Optional<Known> known =
                KNOWN.stream().filter(k -> text.contains(k.word)).findFirst();
        return Optional.of(Problem.database(known.map(Known::before)
                                .filter(before -> !before.isEmpty())
                                .orElse("Rails: ")
                        + what(text, known, finished.exitCode()))
                .at(place(text))
                .remedy(known.map(Known::remedy).orElse("mend what it names, then run the command again")));
    }

    /// `db:migrate:status` on a database that has seen no migration.
    static boolean isWithoutTable(String text) {
        return text.contains("Schema migrations table does not exist yet");
    }

    private static String what(String text, Optional<Known> known, int exitCode) {
        return first(SERVER, text)
                .or(() -> known.filter(k -> !k.before.isEmpty()).flatMap(k -> line(text, k.word)))
                .or(() -> first(CANCELED, text))
                .or(() -> aborted(text))
                .or(() -> text.lines()
                        .map(String::strip)
                        .filter(l -> !l.isEmpty())
                        .findFirst())
                .orElse("it ended with exit code " + exitCode + " and no word of error");
    }

    /// Rails puts an empty line between the class of a migration's error and its message.
    private static Optional<String> aborted(String text) {
        Matcher matcher = ABORTED.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String first = matcher.group(1).strip();
        boolean more = first.endsWith(":") && matcher.group(2) != null;
        return Optional.of(more ? first + " " + matcher.group(2).strip() : first);
    }

    private static Optional<String> line(String text, String word) {
        return text.lines()
                .filter(line -> line.contains(word))
                .map(String::strip)
                .findFirst();
    }

    private static String place(String text) {
        Matcher matcher = PLACE.matcher(text);
        return matcher.find() ? matcher.group(1) + ":" + matcher.group(2) : "";
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
