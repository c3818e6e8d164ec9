package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.SyntaxProblem;
import dev.godwit.text.Span;
import java.util.List;

/// What PostgreSQL itself does not accept.
@AutoService(Rule.class)
public final class SyntaxError implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "syntax-error",
            89,
            Severity.ERROR,
            Scope.EVERYTHING,
            "A statement that PostgreSQL's own grammar does not accept.",
            "It fails at run time with SQLSTATE 42601.",
            "Correct it.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> checkScript(LintContext context) {
        String text = context.script().source().content();
        return context.script().problems().stream()
                .map(problem -> finding(problem, text))
                .toList();
    }

    private static Finding finding(SyntaxProblem problem, String text) {
        int start = Math.min(problem.offset(), text.length());
        int end = start;
        while (end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(end))) {
            end++;
        }
        if (end == start && start < text.length() && text.charAt(start) != '\n') {
            end = start + Character.charCount(text.codePointAt(start));
        }
        return Finding.at(new Span(start, end), INFO, "PostgreSQL does not accept this: " + problem.message() + ".")
                .help("Correct the statement; the ones around it were checked.");
    }
}
