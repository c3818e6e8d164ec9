package dev.godwit.cli;

import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.execute.BackfillControl;
import dev.godwit.execute.BackfillControl.Open;
import dev.godwit.execute.BackfillControl.Wish;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.BackfillFiles;
import dev.godwit.source.Nearest;
import dev.godwit.text.Quantities;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Steers a backfill that runs in another terminal, or on another machine.
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description = {
            "Run godwit/backfills/NAME.sql in batches; or steer a running backfill from another terminal.",
            "It hears you before its next batch, wherever it runs; what is paused holds no lock."
        },
        subcommands = BackfillRunCommand.class,
        footer = {"", "Example: godwit backfill pause add_orders_region_2_backfill"})
final class BackfillCommand implements Callable<Integer> {
    private static final List<String> ACTIONS = List.of("status", "pause", "resume", "slower", "faster", "abort");

    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(
            index = "0",
            paramLabel = "ACTION",
            arity = "0..1",
            defaultValue = "status",
            description = "status, pause, resume, slower (half), faster (double), abort; none: status")
    private String action = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            arity = "0..1",
            description = "of the backfill's file, or its migration; none: the only one")
    private @Nullable String name;

    BackfillCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        requireKnown();
        Settings settings = project.settings(context, Map.of());
        DatabaseUrl production = DatabaseUrl.parse(settings.require(Keys.PRODUCTION), context.environment());
        try (Session session = Session.open(production, "godwit")) {
            List<Open> all = BackfillControl.open(session);
            Optional<String> asked = Optional.ofNullable(name).map(text -> id(text, all, settings));
            List<Open> open = all.stream()
                    .filter(one -> asked.isEmpty() || asked.get().equals(one.migration()))
                    .toList();
            if (!action.equals("status")) {
                String migration = theOne(open, asked);
                carryOut(session, migration);
                open = BackfillControl.open(session).stream()
                        .filter(one -> one.migration().equals(migration))
                        .toList();
            }
            print(open);
        }
        return ExitCode.OK;
    }

    /// A file of `godwit/backfills`, begun or not, comes before a migration of the same name.
    private String id(String text, List<Open> open, Settings settings) {
        String file = text.startsWith(BackfillFiles.PREFIX) ? text : BackfillFiles.PREFIX + text;
        boolean known = open.stream().anyMatch(one -> one.migration().equals(file))
                || new BackfillFiles(settings.root()).names().contains(text);
        return known
                ? file
                : ProjectOptions.passage(context, settings)
                        .production()
                        .migrations()
                        .find(text)
                        .id();
    }

    private void requireKnown() {
        if (!ACTIONS.contains(action)) {
            throw Problem.usage("a backfill cannot be told \"" + action + "\"")
                    .leaving("nothing was changed")
                    .remedy(Nearest.of(action, ACTIONS)
                                    .map(near -> "did you mean " + near + "? ")
                                    .orElse("")
                            + "it knows run, " + String.join(", ", ACTIONS))
                    .raise();
        }
    }

    private void carryOut(Session session, String migration) {
        switch (action) {
            case "pause" -> BackfillControl.wish(session, migration, Wish.PAUSE);
            case "resume" -> BackfillControl.wish(session, migration, Wish.RUN);
            case "abort" -> BackfillControl.wish(session, migration, Wish.ABORT);
            case "slower" -> BackfillControl.speed(session, migration, 0.5);
            default -> BackfillControl.speed(session, migration, 2);
        }
    }

    private static String theOne(List<Open> open, Optional<String> asked) {
        List<String> migrations = open.stream().map(Open::migration).distinct().toList();
        if (migrations.size() == 1) {
            return migrations.getFirst();
        }
        throw migrations.isEmpty() ? none(asked) : several(migrations);
    }

    private static GodwitException none(Optional<String> asked) {
        return Problem.refused("no backfill" + asked.map(id -> " of " + id).orElse("") + " is begun and not done")
                .leaving("nothing was changed")
                .remedy("godwit status shows what is applied and what is half done")
                .raise();
    }

    private static GodwitException several(List<String> migrations) {
        return Problem.usage("several backfills are begun: " + String.join(", ", migrations))
                .leaving("nothing was changed")
                .remedy("name the one that you mean")
                .raise();
    }

    private void print(List<Open> open) {
        Terminal terminal = project.common().terminal(context.terminal());
        if (project.common().json()) {
            terminal.print(EvidenceJson.write(open));
        } else if (open.isEmpty()) {
            terminal.print("no backfill is begun and not done");
        } else {
            open.forEach(one -> terminal.print(text(one)));
        }
    }

    private static String text(Open one) {
        String share = one.rows() > 0
                ? String.format(Locale.ROOT, " (%.0f %%)", 100.0 * Math.min(one.scanned(), one.rows()) / one.rows())
                : "";
        return String.format(
                Locale.ROOT,
                "%s  step %d of %s: %s, pass %d at %,d rows%s, %,d changed%s; last batch %,d rows, %,.1f s ago",
                one.migration(),
                one.step(),
                one.relation(),
                state(one),
                one.pass() + 1,
                one.scanned(),
                share,
                one.changed(),
                rest(one),
                one.batchRows(),
                one.silentMs() / 1e3);
    }

    private static String rest(Open one) {
        return one.restMs().isEmpty()
                ? ""
                : ", about " + Quantities.time(Duration.ofMillis(one.restMs().getAsLong())) + " to go";
    }

    private static String state(Open one) {
        return switch (one.wish()) {
            case RUN ->
                one.speed() < 1
                        ? String.format(Locale.ROOT, "at 1/%.0f speed by %s", 1 / one.speed(), one.role())
                        : "to run";
            case PAUSE -> "paused by " + one.role();
            case ABORT -> "aborted by " + one.role();
        };
    }
}
