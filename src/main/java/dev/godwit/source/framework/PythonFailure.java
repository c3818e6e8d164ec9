package dev.godwit.source.framework;

import dev.godwit.source.Invocation.Finished;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The last word of a Python program that failed: its uncaught exception, without what it says about rows.
///
/// @param type of the exception, `ProgrammingError`
/// @param cause the driver's name of the server's error, `DuplicateTable`; empty when it was none
/// @param message one line
/// @param place file and line of the innermost code outside of libraries; empty when all of it is a library's
record PythonFailure(String type, String cause, String message, String place) {
    private static final String TRACEBACK = "Traceback (most recent call last):";
    private static final Pattern EXCEPTION = Pattern.compile("(?m)^([A-Za-z_][\\w.]*)(?:: (.*))?$");
    private static final Pattern DRIVER = Pattern.compile("\\((?:[\\w.]+\\.)?([A-Za-z]\\w*)\\) (.*)");
    /// Django names the driver's error only as the cause of its own.
    private static final Pattern CAUSE = Pattern.compile("(?m)^psycopg2?\\.errors\\.(\\w+):");

    private static final Pattern FRAME = Pattern.compile("(?m)^  File \"([^\"]+)\", line ([0-9]+), in ");

    /// @return empty when nothing was thrown that nobody caught
    static Optional<PythonFailure> of(Finished finished) {
        String text = finished.errors().replace("\r\n", "\n");
        int last = text.lastIndexOf(TRACEBACK);
        if (last < 0) {
            return Optional.empty();
        }
        Matcher exception = EXCEPTION.matcher(text);
        return exception.find(last + TRACEBACK.length())
                ? Optional.of(of(text.substring(last), exception, text))
                : Optional.empty();
    }

    private static PythonFailure of(String traceback, Matcher exception, String all) {
        String type = exception.group(1).substring(exception.group(1).lastIndexOf('.') + 1);
        String message = Optional.ofNullable(exception.group(2)).orElse("").strip();
        Matcher driver = DRIVER.matcher(message);
        boolean server = driver.matches();
        return new PythonFailure(
                type,
                server ? driver.group(1) : cause(all),
                server ? driver.group(2).strip() : message,
                place(traceback));
    }

    private static String cause(String all) {
        return CAUSE.matcher(all).results().map(match -> match.group(1)).reduce("", (_, next) -> next);
    }

    private static String place(String traceback) {
        List<String> own = FRAME.matcher(traceback)
                .results()
                .filter(frame ->
                        !frame.group(1).matches(".*(/(site|dist)-packages/|/lib/python3|<|/bin/).*|.*\\bmanage\\.py"))
                .map(frame -> frame.group(1) + ":" + frame.group(2))
                .toList();
        return own.isEmpty() ? "" : own.getLast();
    }

    boolean is(String... types) {
        return List.of(types).contains(type);
    }
}
