package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation.Finished;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Django's answer means when something went wrong.
final class DjangoFailure {
    private static final Pattern REFUSAL = Pattern.compile("(?m)^(?:CommandError|SystemCheckError): (.*)$");
    private static final Pattern MIGRATION = Pattern.compile("(?:Applying|Unapplying) (\\S+?)\\.\\.\\.");

    private DjangoFailure() {}

    static Optional<Problem> of(Finished finished) {
        if (finished.exitCode() == 0) {
            return Optional.empty();
        }
        Optional<String> refusal = first(REFUSAL, finished.errors());
        return Optional.of(PythonFailure.of(finished)
                .map(failure -> thrown(failure, finished.output()))
                .or(() -> refusal.map(DjangoFailure::refused))
                .orElseGet(() -> silent(finished)));
    }

    private static Problem thrown(PythonFailure failure, String output) {
        String migration = last(MIGRATION, output);
        if (failure.is("IrreversibleError")) {
            return Problem.refused("Django: an operation of this migration has no way back")
                    .at(migration)
                    .remedy("give its RunSQL a reverse_sql, its RunPython a reverse_code");
        }
        Problem problem = PythonProblems.of("Django", failure);
        return failure.place().isEmpty() && !migration.isEmpty()
                ? problem.at(migration + (problem.where().isEmpty() ? "" : " (" + problem.where() + ")"))
                : problem;
    }

    private static Problem refused(String message) {
        Problem problem = Problem.database("Django: " + message);
        return message.startsWith("Conflicting migrations")
                ? problem.remedy("merge them: python3 manage.py makemigrations --merge")
                : problem.remedy("mend what it names, then run the command again");
    }

    private static Problem silent(Finished finished) {
        String last = finished.errors().lines().reduce("", (_, line) -> line).strip();
        return Problem.database("Django ended with exit code " + finished.exitCode()
                        + (last.isEmpty() ? " and no word of error" : ": " + last))
                .remedy("run the command yourself to see more");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    private static String last(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).reduce("", (_, next) -> next);
    }
}
