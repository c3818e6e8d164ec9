package dev.godwit.lint;

import dev.godwit.problem.Problem;
import java.util.Locale;

/// From which severity on a check refuses.
public enum FailOn {
    ERROR,
    WARNING,
    NEVER;

    public static FailOn parse(String word) {
        for (FailOn value : values()) {
            if (value.word().equals(word)) {
                return value;
            }
        }
        throw Problem.usage("no such threshold: " + word)
                .remedy("--fail-on error, warning or never")
                .raise();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @return is a finding of that severity one too many?
    public boolean refuses(Severity severity) {
        return switch (this) {
            case ERROR -> severity == Severity.ERROR;
            case WARNING -> severity != Severity.INFO;
            case NEVER -> false;
        };
    }
}
