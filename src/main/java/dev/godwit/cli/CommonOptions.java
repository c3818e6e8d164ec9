package dev.godwit.cli;

import dev.godwit.cli.config.ConfigFile;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that every command of a project has.
final class CommonOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "use this file instead of the godwit.toml found upwards")
    private @Nullable Path config;

    @Option(names = "--migrations", paramLabel = "DIR", description = "the directory of the migrations")
    private @Nullable String migrations;

    @Option(names = "--framework", paramLabel = "NAME", description = "what keeps the migrations")
    private @Nullable String framework;

    @Option(names = "--version-table", paramLabel = "TABLE", description = "the table that records what is applied")
    private @Nullable String versionTable;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text or json")
    private String format = "text";

    @Option(
            names = {"-q", "--quiet"},
            description = "no progress, only results and errors")
    private boolean quiet;

    @Option(names = "--debug", hidden = true, description = "print stack traces")
    private boolean debug;

    String format() {
        return format;
    }

    boolean json() {
        return Formats.isJson(format);
    }

    Terminal terminal(Terminal base) {
        return debug ? base : base.withQuiet(quiet);
    }

    /// @param flags further keys of the command, by name in `godwit.toml`; a null value was not typed
    Settings settings(Context context, Map<String, @Nullable String> flags) {
        Map<String, String> typed = new HashMap<>();
        put(typed, Keys.MIGRATIONS.name(), migrations);
        put(typed, Keys.FRAMEWORK.name(), framework);
        put(typed, Keys.VERSION_TABLE.name(), versionTable);
        flags.forEach((name, value) -> put(typed, name, value));
        ConfigFile file = Optional.ofNullable(config)
                .map(given -> ConfigFile.given(given, context.directory()))
                .orElseGet(() -> ConfigFile.find(context.directory()));
        return Settings.of(file, context.environment(), typed);
    }

    private static void put(Map<String, String> typed, String name, @Nullable String value) {
        if (value != null) {
            typed.put(name, value);
        }
    }
}
