package dev.godwit.report.format;

import dev.godwit.lint.CheckResult;
import dev.godwit.lint.Severity;
import dev.godwit.report.format.Paint.Role;
import java.util.ArrayList;
import java.util.List;

/// A check in one line: `5 statements in 2 files: 2 errors, 1 warning`.
final class Summary {
    private Summary() {}

    static String of(CheckResult result) {
        return of(result, Paint.NONE);
    }

    /// @param paint gets the counts of findings
    static String of(CheckResult result, Paint paint) {
        String looked = count(result.statements(), "statement") + " in "
                + count(result.files().size(), "file");
        List<String> found = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            long number = result.count(severity);
            if (number > 0) {
                found.add(paint.apply(Role.of(severity), count(number, severity.word())));
            }
        }
        return looked + ": " + (found.isEmpty() ? "no findings" : String.join(", ", found)) + unlisted(result);
    }

    private static String unlisted(CheckResult result) {
        return result.unlisted() == 0 ? "" : "; " + result.unlisted() + " of them are not listed";
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
