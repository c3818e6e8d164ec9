package dev.godwit.cli;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The composition root: reads the arguments, runs one command, prints what stopped it, ends with its exit code.
public final class Main {
    /// Wide enough that each command's help fits on one screen.
    private static final int HELP_WIDTH = 100;

    private static final String OUT_OF_MEMORY = "out of memory";

    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Terminal terminal = Terminal.system(environment);
        int exitCode = run(new Context(terminal, environment, Path.of("").toAbsolutePath()), arguments);
        if (isEnding()) {
            Runtime.getRuntime().halt(exitCode);
        }
        System.exit(exitCode);
    }

    /// A signal has begun the end, whose exit code would be the signal's; [Interrupts] lets it wait for this one.
    private static boolean isEnding() {
        try {
            return Runtime.getRuntime().removeShutdownHook(new Thread("none"));
        } catch (IllegalStateException _) {
            return true;
        }
    }

    static int run(Context context, String... arguments) {
        Terminal terminal = context.terminal();
        CommandLine line = new CommandLine(new GodwitCommand(), new Commands(context));
        Subcommands.add(line, arguments);
        line.setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.palette() == Palette.ANSI ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((problem, _) -> usage(terminal, problem))
                .setExecutionExceptionHandler(
                        (problem, _, parsed) -> stopped(terminal, problem, debug(parsed.originalArgs())));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError _) {
            terminal.err()
                    .println(ProblemText.of(
                            Problem.database(OUT_OF_MEMORY).remedy("give Java more: JAVA_TOOL_OPTIONS=-Xmx4g"),
                            terminal.palette()));
            return ExitCode.DATABASE;
        } finally {
            terminal.out().flush();
            terminal.err().flush();
        }
    }

    private static boolean debug(Iterable<String> arguments) {
        for (String argument : arguments) {
            if (argument.equals("--debug")) {
                return true;
            }
        }
        return false;
    }

    private static int usage(Terminal terminal, ParameterException problem) {
        PrintWriter err = terminal.err();
        String command = problem.getCommandLine().getCommandSpec().qualifiedName();
        err.println(ProblemText.of(
                Problem.usage(String.valueOf(problem.getMessage())).remedy(command + " --help"), terminal.palette()));
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
        return ExitCode.USAGE;
    }

    private static int stopped(Terminal terminal, Exception problem, boolean debug) {
        if (debug) {
            problem.printStackTrace(terminal.err());
        }
        if (problem instanceof GodwitException known) {
            terminal.err().println(ProblemText.of(known.problem(), terminal.palette()));
            return known.problem().kind().exitCode();
        }
        terminal.err().println(ProblemText.of(unexpected(problem), terminal.palette()));
        return ExitCode.DATABASE;
    }

    private static Problem unexpected(Exception problem) {
        String place = Arrays.stream(problem.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.godwit."))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("");
        return Problem.database("this is a mistake in Godwit: " + problem)
                .at(place)
                .remedy("run it again with --debug and report what it prints");
    }
}
