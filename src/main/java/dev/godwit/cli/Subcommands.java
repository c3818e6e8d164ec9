package dev.godwit.cli;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import picocli.CommandLine;

/// The commands in the order of the help.
final class Subcommands {
    private static final List<Entry<String, Class<?>>> ALL = List.of(
            Map.entry("demo", DemoCommand.class),
            Map.entry("init", InitCommand.class),
            Map.entry("profile", ProfileCommand.class),
            Map.entry("new", NewCommand.class),
            Map.entry("check", CheckCommand.class),
            Map.entry("rehearse", RehearseCommand.class),
            Map.entry("approve", ApproveCommand.class),
            Map.entry("apply", ApplyCommand.class),
            Map.entry("backfill", BackfillCommand.class),
            Map.entry("status", StatusCommand.class),
            Map.entry("watch", WatchCommand.class),
            Map.entry("rollback", RollbackCommand.class),
            Map.entry("report", ReportCommand.class),
            Map.entry("proxy", ProxyCommand.class),
            Map.entry("config", ConfigCommand.class),
            Map.entry("completion", CompletionCommand.class));

    private Subcommands() {}

    /// Adds the one that is called, and all where that is not clear or completion has to know them: reading the
    /// annotations of all would take a tenth of the time of a check.
    static void add(CommandLine line, String... arguments) {
        String called = arguments.length == 0 ? "" : arguments[0];
        boolean one = !called.equals("completion")
                && ALL.stream().anyMatch(entry -> entry.getKey().equals(called));
        ALL.stream()
                .filter(entry -> !one || entry.getKey().equals(called))
                .forEach(entry -> line.addSubcommand(entry.getKey(), entry.getValue()));
    }
}
