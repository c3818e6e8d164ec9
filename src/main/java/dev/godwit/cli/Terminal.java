package dev.godwit.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where a command writes: results to `out`, progress and errors to `err`. With `--format json` only the document goes
/// to `out`.
///
/// @param interactive both streams are a terminal, so a line may be rewritten in place
record Terminal(PrintWriter out, PrintWriter err, Palette palette, boolean interactive, boolean quiet) {
    static Terminal system(Map<String, String> environment) {
        Console console = System.console();
        return of(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                environment,
                console != null && console.isTerminal());
    }

    /// @param terminal whether both streams are one
    static Terminal of(PrintWriter out, PrintWriter err, Map<String, String> environment, boolean terminal) {
        boolean rewrites = !environment.containsKey("CI")
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(out, err, Palette.of(environment, terminal), terminal && rewrites, false);
    }

    Terminal withQuiet(boolean beQuiet) {
        return new Terminal(out, err, palette, interactive, beQuiet);
    }

    /// For a command whose result is one document: everything else goes to `err`.
    Terminal resultsToErr() {
        return new Terminal(err, err, palette, interactive, quiet);
    }

    /// For a story that is read from top to bottom: what goes on meanwhile stands where its next line will.
    Terminal progressToOut() {
        return new Terminal(out, out, palette, interactive, quiet);
    }

    /// What the user asked for.
    void print(String text) {
        out.println(text);
    }

    /// What happens meanwhile; silent under `--quiet`.
    void note(String text) {
        if (!quiet) {
            err.println(text);
        }
    }
}
