package dev.godwit.cli;

import dev.godwit.cli.config.ConfigFile;
import dev.godwit.cli.config.InitFile;
import dev.godwit.cli.config.Key;
import dev.godwit.cli.config.Keys;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.Frameworks;
import dev.godwit.source.NewFile;
import dev.godwit.source.Project;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The first command in a project.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Recognise the project's framework and write godwit.toml.",
        footer = {"", "Example: godwit init --production env:DATABASE_URL"})
final class InitCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--production",
            paramLabel = "URL",
            description = "written to the file; env:NAME keeps a secret out of it")
    private @Nullable String production;

    @Option(names = "--debug", hidden = true, description = "print stack traces")
    private boolean debug;

    InitCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path here = context.directory();
        Framework framework = Frameworks.load().detect(Project.at(here), "plain-sql");
        Map<Key<?>, String> known = new HashMap<>();
        known.put(Keys.FRAMEWORK, framework.id());
        if (production != null) {
            known.put(Keys.PRODUCTION, withoutPassword(production));
        }
        NewFile.writeAll(List.of(new NewFile(here.resolve(ConfigFile.NAME), InitFile.text(known))));
        Terminal terminal = context.terminal();
        terminal.print("wrote  " + ConfigFile.NAME + "  (" + framework.title() + ")");
        terminal.note(debug ? "in " + here : "next:  godwit status, or godwit check");
        return ExitCode.OK;
    }

    /// A file that is reviewed like code must not hold a password.
    private String withoutPassword(String url) {
        if (url.startsWith("env:")) {
            return url;
        }
        DatabaseUrl parsed = DatabaseUrl.parse(url, context.environment());
        if (hasPassword(url)) {
            throw Problem.usage("the URL holds a password, and godwit.toml is kept in version control")
                    .at(parsed.display())
                    .leaving("nothing was written")
                    .remedy(
                            "put the URL into an environment variable and write env:NAME, or keep the password in ~/.pgpass")
                    .raise();
        }
        return url;
    }

    private static boolean hasPassword(String url) {
        int authority = url.indexOf("://") + 3;
        int at = url.indexOf('@', authority);
        return url.contains("password=")
                || (at > 0 && url.substring(authority, at).contains(":"));
    }
}
