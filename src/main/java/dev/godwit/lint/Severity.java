package dev.godwit.lint;

import java.util.Locale;

/// How much a finding matters.
public enum Severity {
    /// Style, or what is certain to be over at once.
    INFO,
    /// A brief strong lock, or a likely mistake.
    WARNING,
    /// It can stop traffic for a time that grows with the data, break running code, lose data, or fail at run time.
    ERROR;

    /// @return as flags and JSON spell it
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
