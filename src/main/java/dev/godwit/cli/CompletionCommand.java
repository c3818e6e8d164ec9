package dev.godwit.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shell completion, printed for the shell to read.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print shell completion for bash, zsh or fish.",
        footer = {"", "Example: source <(godwit completion bash)"})
final class CompletionCommand implements Callable<Integer> {
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    CompletionCommand(Context context) {
        this.terminal = context.terminal();
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        terminal.print(
                switch (shell) {
                    case BASH -> AutoComplete.bash("godwit", root);
                    case ZSH -> "autoload -U +X bashcompinit && bashcompinit\n" + AutoComplete.bash("godwit", root);
                    case FISH -> fish(root);
                });
        return ExitCode.OK;
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c godwit -f\n");
        root.getSubcommands().forEach((name, command) -> {
            String summary = String.join(
                    " ", List.of(command.getCommandSpec().usageMessage().description()));
            script.append("complete -c godwit -n __fish_use_subcommand -a ")
                    .append(name)
                    .append(" -d '")
                    .append(summary.replace("'", "\\'"))
                    .append("'\n");
            command.getCommandSpec()
                    .options()
                    .forEach(option -> script.append("complete -c godwit -n '__fish_seen_subcommand_from ")
                            .append(name)
                            .append("' -l ")
                            .append(option.longestName().replaceFirst("^--", ""))
                            .append('\n'));
        });
        return script.toString();
    }
}
