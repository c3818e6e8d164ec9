package dev.godwit.lint;

import dev.godwit.problem.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a user asks of one rule: `--rule ID=off|info|warning|error`.
public enum RuleSetting {
    OFF,
    INFO,
    WARNING,
    ERROR;

    public static RuleSetting parse(String word) {
        return Arrays.stream(values())
                .filter(setting -> setting.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.usage("no such severity: " + word)
                        .remedy("one of "
                                + Arrays.stream(values()).map(RuleSetting::word).collect(Collectors.joining(", ")))
                        .raise());
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @return the severity that every finding of the rule gets; empty for OFF
    Optional<Severity> severity() {
        return switch (this) {
            case OFF -> Optional.empty();
            case INFO -> Optional.of(Severity.INFO);
            case WARNING -> Optional.of(Severity.WARNING);
            case ERROR -> Optional.of(Severity.ERROR);
        };
    }
}
