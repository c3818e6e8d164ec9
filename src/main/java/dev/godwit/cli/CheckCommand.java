package dev.godwit.cli;

import dev.godwit.catalog.Profile;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.lint.CheckOptions;
import dev.godwit.lint.CheckResult;
import dev.godwit.lint.FailOn;
import dev.godwit.lint.Linter;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.report.format.ReportFormats;
import dev.godwit.source.Direction;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Names the hazards of migrations, on bare files as well as in a project.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Name every hazard: the lock it takes, what that blocks, and the safe form.",
        footer = {
            "",
            "Formats: text, json, sarif, github, gitlab, junit, markdown (docs/ci.md)",
            "Example: godwit check migrations/1_add_region.up.sql",
            "         cat new.sql | godwit check -"
        })
final class CheckCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "FILE|MIGRATION",
            description = "SQL files, or migrations of the project; - is standard input; none: all pending")
    private List<String> names = List.of();

    @Option(names = "--direction", paramLabel = "up|down", description = "which way to check (default: up)")
    private Direction direction = Direction.UP;

    @Option(names = "--production", paramLabel = "URL", description = "know its tables and sizes")
    private @Nullable String production;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "know them from this file (default: " + ProfileFile.DEFAULT + ")")
    private @Nullable String profile;

    @Option(
            names = "--pg-version",
            paramLabel = "13…18",
            description = "the server's major (default: production's or the profile's, else 18)")
    private @Nullable String pgVersion;

    @Option(names = "--transaction", paramLabel = "MODE", description = "auto, always or never: is a file wrapped?")
    private @Nullable String transaction;

    @Option(names = "--fail-on", paramLabel = "LEVEL", description = "error, warning or never")
    private @Nullable String failOn;

    @Option(names = "--fix", description = "write the fixes that a second check finds good, report what is left")
    private boolean fix;

    @Option(
            names = "--rule",
            paramLabel = "ID=LEVEL",
            description = "off, info, warning or error; a style rule is off until it is named")
    private Map<String, String> rules = Map.of();

    CheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, @Nullable String> flags = new HashMap<>();
        flags.put(Keys.PRODUCTION.name(), production);
        flags.put(
                Keys.PROFILE.name(),
                profile == null ? null : context.file(profile).toString());
        flags.put(Keys.PG_VERSION.name(), pgVersion);
        flags.put(Keys.TRANSACTION.name(), transaction);
        flags.put(Keys.FAIL_ON.name(), failOn);
        rules.forEach((id, level) -> flags.put(Keys.RULES.path(id), level));
        Settings settings = common.settings(context, flags);

        CheckResult result = check(settings);
        Terminal terminal = common.terminal(context.terminal());
        ReportFormats.load().named(common.format()).write(result, terminal.out(), terminal.palette()::paint);
        return result.refused() ? ExitCode.REFUSED : ExitCode.OK;
    }

    /// By a live production, unless a profile is asked for; by the project's profile where there is no production.
    private CheckResult check(Settings settings) {
        CheckOptions options = options(settings);
        if (profile == null && settings.find(Keys.PRODUCTION).isPresent()) {
            return live(settings, options);
        }
        Optional<Profile> known = ProfileFile.of(settings).map(ProfileFile::read);
        CheckInput input = new CheckInput(settings, context);
        return known.map(found -> by(found, input, options, settings))
                .orElseGet(() -> check(input.files(names, options), options));
    }

    private CheckResult live(Settings settings, CheckOptions options) {
        DatabaseUrl url = DatabaseUrl.parse(settings.require(Keys.PRODUCTION), context.environment());
        CheckInput input = new CheckInput(settings, context);
        try (Session session = Session.open(url, "godwit check")) {
            CheckOptions known = options.catalog(CatalogReader.read(session, Set.of()))
                    .version(version(settings, session.serverVersion()));
            return check(names.isEmpty() ? input.pending(session, known) : input.files(names, known), known);
        }
    }

    private CheckResult by(Profile found, CheckInput input, CheckOptions options, Settings settings) {
        CheckOptions known = options.catalog(found.catalog())
                .version(version(settings, found.catalog().version()));
        return check(names.isEmpty() ? input.pending(found.applied(), known) : input.files(names, known), known);
    }

    private CheckResult check(Stream<CheckInput.Given> given, CheckOptions options) {
        return fix
                ? new FixRun(given.toList(), common.terminal(context.terminal())).fix(options)
                : Linter.check(given.map(CheckInput.Given::file), options);
    }

    private static PostgresVersion version(Settings settings, PostgresVersion otherwise) {
        return settings.find(Keys.PG_VERSION)
                .map(major -> PostgresVersion.ofMajor(Math.toIntExact(major)))
                .orElse(otherwise);
    }

    private CheckOptions options(Settings settings) {
        CheckOptions options = ProjectOptions.checkOptions(settings)
                .direction(direction)
                .failOn(FailOn.parse(settings.require(Keys.FAIL_ON)));
        return settings.find(Keys.PG_VERSION)
                .map(major -> options.version(PostgresVersion.ofMajor(Math.toIntExact(major))))
                .orElse(options);
    }
}
