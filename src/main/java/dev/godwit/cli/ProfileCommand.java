package dev.godwit.cli;

import dev.godwit.catalog.Profile;
import dev.godwit.catalog.ProfileJson;
import dev.godwit.catalog.Table;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.ProfileReader;
import dev.godwit.db.Session;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.passage.Production;
import dev.godwit.source.Framework;
import dev.godwit.source.Frameworks;
import dev.godwit.source.Project;
import dev.godwit.text.Quantities;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is known of production, without a row of it, as a file in the project.
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "Write production's schema, sizes and settings into one file; no row is read.",
        footer = {
            "",
            "Then check knows sizes without a connection: godwit check --profile FILE",
            "Example: godwit profile --production env:DATABASE_URL"
        })
final class ProfileCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";
    private static final int LARGEST = 5;

    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE|-",
            description = "where to write (default: " + ProfileFile.DEFAULT + "); - is standard output")
    private @Nullable String out;

    ProfileCommand(Context context) {
        this.context = context;
    }

    /// The document of `profile --format json`.
    record Written(String file, String postgres, int tables, long rows, long bytes, int applied) {}

    @Override
    public Integer call() {
        Settings settings = project.settings(context, Map.of());
        Profile profile = read(settings);
        Terminal terminal = project.common().terminal(context.terminal());
        if (STANDARD_OUTPUT.equals(out)) {
            StringWriter text = new StringWriter();
            ProfileJson.write(profile, text);
            terminal.print(text.toString());
            return ExitCode.OK;
        }
        ProfileFile file = new ProfileFile(
                out == null ? settings.project().root().resolve(ProfileFile.DEFAULT) : context.file(out));
        file.write(profile);
        tell(terminal, profile, settings.project().display(file.path()));
        return ExitCode.OK;
    }

    private Profile read(Settings settings) {
        DatabaseUrl url = DatabaseUrl.parse(settings.require(Keys.PRODUCTION), context.environment());
        try (Session session = Session.open(url, "godwit profile")) {
            return ProfileReader.read(session, applied(settings, url, session));
        }
    }

    /// A database may be profiled before any project is there.
    private static Set<String> applied(Settings settings, DatabaseUrl url, Session session) {
        Project here = settings.project();
        Frameworks frameworks = Frameworks.load();
        Optional<Framework> framework = settings.find(Keys.FRAMEWORK)
                .map(frameworks::byId)
                .or(() -> frameworks.recognised(here).stream().findFirst());
        return framework
                .map(found -> new Production(url, found, here).applied(session))
                .orElse(Set.of());
    }

    private void tell(Terminal terminal, Profile profile, String file) {
        List<Table> tables = profile.catalog().tables();
        if (project.common().json()) {
            terminal.print(EvidenceJson.write(new Written(
                    file,
                    profile.catalog().version().toString(),
                    tables.size(),
                    profile.rows(),
                    profile.bytes(),
                    profile.applied().size())));
            return;
        }
        terminal.print("wrote  " + file);
        terminal.print("PostgreSQL " + profile.catalog().version() + ", " + tables.size()
                + (tables.size() == 1 ? " table" : " tables") + ", about "
                + Quantities.count(profile.rows()) + " rows, " + Quantities.bytes(profile.bytes()));
        tables.stream()
                .filter(table -> table.bytes() > 0)
                .sorted(Comparator.comparingLong(Table::bytes).reversed())
                .limit(LARGEST)
                .forEach(table -> terminal.print("  " + table.name() + "  about "
                        + Quantities.count(table.estimatedRows()) + " rows, " + Quantities.bytes(table.bytes())));
        terminal.note("next:  review and commit it; godwit check goes by it where there is no connection");
    }
}
