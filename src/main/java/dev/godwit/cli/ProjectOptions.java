package dev.godwit.cli;

import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.lint.CheckOptions;
import dev.godwit.lint.RuleSetting;
import dev.godwit.lint.SizeLimits;
import dev.godwit.passage.Passage;
import dev.godwit.passage.Production;
import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.Frameworks;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Project;
import dev.godwit.throttle.ThrottleSignal;
import dev.godwit.throttle.Throttles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags of every command that works on a project and its production.
final class ProjectOptions {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--production", paramLabel = "URL", description = "the database that the migrations are for")
    private @Nullable String production;

    CommonOptions common() {
        return common;
    }

    Settings settings(Context context, Map<String, @Nullable String> flags) {
        Map<String, @Nullable String> typed = new HashMap<>(flags);
        typed.put(Keys.PRODUCTION.name(), production);
        return common.settings(context, typed);
    }

    static Passage passage(Context context, Settings settings) {
        Project project = settings.project();
        Frameworks frameworks = Frameworks.load();
        Framework framework =
                settings.find(Keys.FRAMEWORK).map(frameworks::byId).orElseGet(() -> frameworks.detect(project));
        DatabaseUrl url = DatabaseUrl.parse(settings.require(Keys.PRODUCTION), context.environment());
        return new Passage(new Production(url, framework, project));
    }

    /// @param wanted as typed; with none all that are pending
    static List<Migration> choose(Passage passage, List<String> wanted) {
        if (wanted.isEmpty()) {
            return passage.production().pending().pending();
        }
        MigrationSet all = passage.production().migrations();
        return wanted.stream().map(all::find).toList();
    }

    static CheckOptions checkOptions(Settings settings) {
        Map<String, RuleSetting> levels = new HashMap<>();
        settings.entries(Keys.RULES).forEach((id, level) -> levels.put(id, RuleSetting.parse(level)));
        return CheckOptions.defaults()
                .settings(levels)
                .sizes(new SizeLimits(
                        settings.require(Keys.BACKFILL_ROWS), settings.require(Keys.CONCURRENT_INDEX_ROWS)));
    }

    /// @return what makes a backfill rest, by the project's limits
    static Throttles throttles(Settings settings) {
        Map<String, ThrottleSignal> known = Throttles.known();
        settings.refuseUnknown(
                Keys.THROTTLE, "signal", known.keySet(), "the signals are " + String.join(", ", known.keySet()));
        Map<String, String> limits = settings.entries(Keys.THROTTLE);
        known.values()
                .forEach(signal -> Optional.ofNullable(limits.get(signal.id()))
                        .ifPresent(limit -> requireLimit(settings, signal, limit)));
        return Throttles.of(limits);
    }

    private static void requireLimit(Settings settings, ThrottleSignal signal, String limit) {
        try {
            Throttles.limited(signal, limit);
        } catch (IllegalArgumentException e) {
            throw Problem.usage(Keys.THROTTLE.path(signal.id()) + ": " + e.getMessage())
                    .at(settings.origin(Keys.THROTTLE, signal.id()))
                    .remedy("it must be such as " + signal.example() + ", or off")
                    .raise();
        }
    }
}
