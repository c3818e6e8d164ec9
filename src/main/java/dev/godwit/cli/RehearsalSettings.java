package dev.godwit.cli;

import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.problem.Problem;
import dev.godwit.rehearse.Users;
import dev.godwit.source.SourceReader;
import dev.godwit.traffic.Load;
import dev.godwit.traffic.QueryWorkload;
import java.nio.file.Files;
import java.nio.file.Path;

/// How a rehearsal goes, from flags, environment and file.
final class RehearsalSettings {
    private static final int CONNECTIONS = 8;

    private RehearsalSettings() {}

    static dev.godwit.rehearse.Settings of(Settings settings, Context context) {
        return dev.godwit.rehearse.Settings.DEFAULT
                .with(
                        new Load(Math.toIntExact(settings.require(Keys.TRAFFIC_RATE)), CONNECTIONS),
                        settings.require(Keys.STALL_BUDGET))
                .with(users(settings, context))
                .withWarnAfter(settings.require(Keys.WARN_AFTER))
                .withRuns(Math.toIntExact(settings.require(Keys.RUNS)));
    }

    private static Users users(Settings settings, Context context) {
        String source = settings.require(Keys.TRAFFIC);
        return switch (source) {
            case "catalog" -> new Users.OfCatalog();
            case "none" -> new Users.None();
            default -> queries(source, base(settings, context));
        };
    }

    /// A path in the file is relative to the file, one that was typed to where it was typed.
    private static Path base(Settings settings, Context context) {
        String origin = settings.origin(Keys.TRAFFIC);
        boolean typed = origin.equals(Keys.TRAFFIC.flag()) || origin.equals(Keys.TRAFFIC.variable());
        return typed ? context.directory() : settings.root();
    }

    private static Users queries(String source, Path base) {
        Path file = base.resolve(source);
        if (!Files.exists(file)) {
            throw Problem.usage("traffic is neither catalog nor none, and there is no such file")
                    .at(source)
                    .remedy("write your application's queries into it, or leave --traffic out")
                    .raise();
        }
        return new Users.OfQueries(
                String.valueOf(file.getFileName()), QueryWorkload.of(SourceReader.read(file, source)));
    }
}
