package dev.godwit.source;

import java.util.Locale;

/// Whether a script runs inside one transaction.
public enum TransactionMode {
    /// In one transaction, unless one of its statements refuses a transaction block.
    AUTO,
    /// In one transaction, whatever it holds.
    ALWAYS,
    /// Each statement on its own.
    NEVER;

    /// @return `auto`, `always` or `never`, as flags and configuration spell it
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
