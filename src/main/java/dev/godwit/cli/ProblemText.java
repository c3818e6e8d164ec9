package dev.godwit.cli;

import dev.godwit.problem.Problem;

/// An error as a person reads it: what, where, the state left, what to do.
final class ProblemText {
    private ProblemText() {}

    static String of(Problem problem, Palette palette) {
        StringBuilder text = new StringBuilder(palette.red(palette.bold(label(problem.kind()))))
                .append(": ")
                .append(problem.what());
        line(text, palette, "where", problem.where());
        line(text, palette, "state", problem.state());
        line(text, palette, "to do", problem.remedy());
        return text.toString();
    }

    private static String label(Problem.Kind kind) {
        return switch (kind) {
            case REFUSED -> "refused";
            case USAGE, DATABASE -> "error";
            case STOPPED -> "stopped";
        };
    }

    private static void line(StringBuilder text, Palette palette, String label, String content) {
        if (!content.isEmpty()) {
            String indented = content.stripTrailing().replace("\n", "\n         ");
            text.append('\n')
                    .append("  ")
                    .append(palette.dim(label + ":"))
                    .append(' ')
                    .append(indented);
        }
    }
}
