package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation.Finished;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Alembic's answer means when something went wrong: 1 when code failed, 255 when it refused.
final class AlembicFailure {
    private static final Pattern REFUSAL = Pattern.compile("(?m)^\\s*FAILED: (.*)$");
    private static final Pattern UNKNOWN = Pattern.compile("Can't locate revision identified by '([^']*)'");
    private static final Pattern GODWIT = Pattern.compile("(?m)^Godwit: (.*)$");

    private AlembicFailure() {}

    static Optional<Problem> of(Finished finished) {
        if (finished.exitCode() == 0) {
            return Optional.empty();
        }
        String all = finished.errors() + "\n" + finished.output();
        return Optional.of(first(GODWIT, all)
                .map(what -> Problem.usage(what).remedy(wayHere(what)))
                .or(() -> PythonFailure.of(finished).map(AlembicFailure::thrown))
                .or(() -> first(REFUSAL, all).map(AlembicFailure::refused))
                .orElseGet(() -> silent(finished)));
    }

    private static String wayHere(String what) {
        return what.contains("past Godwit")
                ? "let env.py connect by the URL of its settings, without a creator= of its own"
                : "Godwit works on PostgreSQL only: point env.py at a PostgreSQL database";
    }

    private static Problem thrown(PythonFailure failure) {
        if (failure.is("NotImplementedError")) {
            return Problem.refused("Alembic: this revision has no way back, says its code")
                    .at(failure.place())
                    .remedy("write its downgrade()");
        }
        return PythonProblems.of("Alembic", failure);
    }

    private static Problem refused(String message) {
        Matcher unknown = UNKNOWN.matcher(message);
        Problem problem = Problem.database("Alembic: " + message);
        return unknown.find()
                ? problem.at("alembic_version")
                        .remedy("the database has revision " + unknown.group(1)
                                + ", which no file here is: get that file, it was applied from another branch")
                : problem.remedy("mend what it names, then run the command again");
    }

    private static Problem silent(Finished finished) {
        String last = finished.errors().lines().reduce("", (_, line) -> line).strip();
        return Problem.database("Alembic ended with exit code " + finished.exitCode()
                        + (last.isEmpty() ? " and no word of error" : ": " + last))
                .remedy("run the command yourself to see more");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
