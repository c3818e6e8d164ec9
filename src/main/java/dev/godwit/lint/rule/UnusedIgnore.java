package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.lint.Suppression;
import dev.godwit.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A suppression that does nothing: it hides nothing today and may hide something tomorrow.
@AutoService(Rule.class)
public final class UnusedIgnore implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "unused-ignore",
            89,
            Severity.WARNING,
            Scope.EVERYTHING,
            "A godwit:ignore that names a rule without a finding here, an unknown rule, or no reason.",
            "Nobody can tell what it was for, and a later hazard slips through.",
            "Remove it, correct the rule's name, or give the reason.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Finding> checkSuppressions(List<Suppression> suppressions, LintContext context) {
        List<Finding> found = new ArrayList<>();
        for (Suppression suppression : suppressions) {
            if (suppression.rules().isEmpty() || suppression.reason().isEmpty()) {
                found.add(incomplete(suppression));
            } else {
                suppression.rules().stream()
                        .flatMap(rule -> judge(suppression, rule, context).stream())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static Finding incomplete(Suppression suppression) {
        String what = suppression.rules().isEmpty() ? "no rule" : "no reason";
        return Finding.at(
                        suppression.directive().span(),
                        INFO,
                        "This suppression gives " + what + ", so it suppresses nothing.")
                .help("Write -- godwit:ignore RULE[,RULE] and why it is safe here.");
    }

    /// A rule that is off is not looked for, so a suppression of it is not judged either.
    private static Optional<Finding> judge(Suppression suppression, String rule, LintContext context) {
        Span span = suppression.directive().span();
        if (!context.rules().knows(rule)) {
            String near = context.rules()
                    .nearest(rule)
                    .map(known -> "Write " + known + ", or remove the suppression.")
                    .orElse("Remove it.");
            return Optional.of(
                    Finding.at(span, INFO, "There is no rule " + rule + ".").help(near));
        }
        if (suppression.used().contains(rule) || !context.active().contains(rule)) {
            return Optional.empty();
        }
        return Optional.of(
                Finding.at(span, INFO, "This suppresses nothing: the statement has no finding of " + rule + ".")
                        .help("Remove it."));
    }
}
