package dev.godwit.cli;

import dev.godwit.report.format.Paint;
import java.util.Map;

/// Colour for people; nothing at all where nobody looks (no terminal, `NO_COLOR`, `CI`).
enum Palette {
    PLAIN,
    ANSI;

    private static final String RESET = "\u001b[0m";

    /// See no-color.org: any non-empty value of `NO_COLOR` turns colour off.
    static Palette of(Map<String, String> environment, boolean terminal) {
        boolean off = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.containsKey("CI")
                || environment.getOrDefault("TERM", "").equals("dumb");
        return terminal && !off ? ANSI : PLAIN;
    }

    String bold(String text) {
        return paint("\u001b[1m", text);
    }

    String dim(String text) {
        return paint("\u001b[2m", text);
    }

    String red(String text) {
        return paint("\u001b[31m", text);
    }

    String green(String text) {
        return paint("\u001b[32m", text);
    }

    String yellow(String text) {
        return paint("\u001b[33m", text);
    }

    String cyan(String text) {
        return paint("\u001b[36m", text);
    }

    /// The colours of a check's report.
    String paint(Paint.Role role, String text) {
        return switch (role) {
            case ERROR -> red(bold(text));
            case WARNING -> yellow(bold(text));
            case INFO -> cyan(text);
            case STRONG -> bold(text);
            case FAINT -> dim(text);
        };
    }

    private String paint(String code, String text) {
        return this == ANSI ? code + text + RESET : text;
    }
}
