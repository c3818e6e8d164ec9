package dev.godwit.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command without a subcommand: prints its help.
@Command(
        name = "godwit",
        version = "godwit 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Carries a PostgreSQL migration from file to production without stopping the traffic.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "See it work:  godwit demo", "Check a file: godwit check migrations/1_add_region.up.sql"})
final class GodwitCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
