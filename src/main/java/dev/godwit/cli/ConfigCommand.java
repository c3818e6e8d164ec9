package dev.godwit.cli;

import dev.godwit.cli.config.Settings;
import dev.godwit.evidence.EvidenceJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows what is in force and why.
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Print the effective settings and where each came from, secrets masked.",
        footer = {"", "Example: godwit config"})
final class ConfigCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private CommonOptions common = new CommonOptions();

    ConfigCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = common.settings(context, Map.of());
        List<Settings.Effective> lines = settings.effective();
        Terminal terminal = common.terminal(context.terminal());
        if (common.json()) {
            terminal.print(EvidenceJson.write(lines));
            return ExitCode.OK;
        }
        int width = lines.stream().mapToInt(line -> line.key().length()).max().orElse(0);
        Palette palette = terminal.palette();
        for (Settings.Effective line : lines) {
            String value = line.value().isEmpty() ? palette.dim("not set") : line.value();
            terminal.print(palette.bold(String.format("%-" + width + "s", line.key())) + "  " + value + "  "
                    + palette.dim("(" + line.origin() + ")"));
        }
        return ExitCode.OK;
    }
}
