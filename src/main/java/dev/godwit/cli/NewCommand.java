package dev.godwit.cli;

import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.dsl.Dialects;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.Frameworks;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewFiles;
import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A new migration in the project's own convention.
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Write a new migration, up and down, in the project's own convention.",
        footer = {"", "Example: godwit new add_orders_region --sql change.sql"})
final class NewCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "NAME", description = "what it does: add_orders_region")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--sql", paramLabel = "FILE|-", description = "the up's SQL; - is standard input")
    private @Nullable String sql;

    NewCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = common.settings(context, Map.of());
        Project project = settings.project();
        Frameworks frameworks = Frameworks.load();
        Framework framework = settings.find(Keys.FRAMEWORK)
                .map(frameworks::byId)
                .orElseGet(() -> frameworks.detect(project, "plain-sql"));
        List<NewRequests.Request> requests = new NewRequests(
                        project,
                        name,
                        Clock.systemUTC().instant(),
                        Dialects.load().of(framework.id()))
                .of(up());
        List<NewFile> files = NewFiles.write(
                project,
                framework,
                requests.stream().map(NewRequests.Request::migration).toList());
        tell(
                project,
                files,
                requests.stream().flatMap(r -> r.unknown().stream()).toList());
        return ExitCode.OK;
    }

    private void tell(Project project, List<NewFile> files, List<String> unknown) {
        Terminal terminal = common.terminal(context.terminal());
        List<String> written =
                files.stream().map(file -> project.display(file.path())).toList();
        if (common.json()) {
            terminal.print(EvidenceJson.write(Map.of("files", written, "downUnknown", unknown)));
            return;
        }
        files.forEach(file ->
                terminal.print((file.before().isPresent() ? "changed  " : "wrote  ") + project.display(file.path())));
        unknown.forEach(
                statement -> terminal.note("write its down yourself, the text does not tell it:  " + statement));
        terminal.note(
                sql != null && unknown.isEmpty()
                        ? "next:  read both directions, then godwit check"
                        : "next:  write both directions, then godwit check");
    }

    private Optional<String> up() {
        String given = sql;
        if (given == null) {
            return Optional.empty();
        }
        String text = given.equals("-")
                ? SourceReader.read(System.in, "-").content()
                : SourceReader.read(context.file(given), given).content();
        if (text.isBlank()) {
            throw Problem.usage("the SQL is empty")
                    .at(given)
                    .remedy("give the up's statements")
                    .raise();
        }
        return Optional.of(text);
    }
}
