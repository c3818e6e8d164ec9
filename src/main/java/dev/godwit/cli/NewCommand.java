package dev.godwit.cli;

import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.plan.Inverse;
import dev.godwit.plan.Parts;
import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.Frameworks;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.Project;
import dev.godwit.source.Sections;
import dev.godwit.source.SourceReader;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.time.Clock;
import java.util.ArrayList;
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
        List<NewFile> files = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<Request> requests = requests();
        for (Request request : requests) {
            List<NewFile> written = framework.newMigration(project, request.migration());
            NewFile.writeAll(written);
            files.addAll(written);
            unknown.addAll(request.unknown());
        }
        tell(project, files, unknown);
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
        written.forEach(file -> terminal.print("wrote  " + file));
        unknown.forEach(
                statement -> terminal.note("write its down yourself, the text does not tell it:  " + statement));
        terminal.note(
                sql != null && unknown.isEmpty()
                        ? "next:  read both directions, then godwit check"
                        : "next:  write both directions, then godwit check");
    }

    /// @param unknown statements whose undo could not be derived
    private record Request(NewMigration migration, List<String> unknown) {}

    /// One migration, or several when statements need one of their own.
    private List<Request> requests() {
        Optional<String> up = up();
        if (up.isEmpty()) {
            return List.of(new Request(request(name, up, Optional.empty(), TransactionMode.AUTO), List.of()));
        }
        ParsedScript script = Scripts.parse(new SourceText("--sql", up.get()));
        if (!script.problems().isEmpty() || !Sections.of(script.source()).none()) {
            return List.of(new Request(request(name, up, Optional.empty(), TransactionMode.AUTO), List.of()));
        }
        List<Parts.Part> parts = Parts.of(script);
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Parts.Part part = parts.get(i);
            Inverse inverse = Inverse.of(Scripts.parse(new SourceText("--sql", part.sql())));
            String partName = parts.size() == 1 ? name : name + "_" + (i + 1);
            requests.add(new Request(
                    request(partName, Optional.of(part.sql()), inverse.sql(), part.mode()), inverse.unknown()));
        }
        return requests;
    }

    private static NewMigration request(String name, Optional<String> up, Optional<String> down, TransactionMode mode) {
        return new NewMigration(name, up, down, mode, Clock.systemUTC().instant());
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
