package dev.godwit.cli;

import dev.godwit.problem.Problem;

/// The two formats that every command with a result has.
final class Formats {
    private Formats() {}

    static boolean isJson(String format) {
        return switch (format) {
            case "json" -> true;
            case "text" -> false;
            default ->
                throw Problem.usage("no such format: " + format)
                        .remedy("--format text or --format json")
                        .raise();
        };
    }
}
