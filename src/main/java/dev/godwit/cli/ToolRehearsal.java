package dev.godwit.cli;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.command.Secrets;
import dev.godwit.command.Tool;
import dev.godwit.command.ToolCommands;
import dev.godwit.command.ToolRunner;
import dev.godwit.command.ToolScripts;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.evidence.Verdict;
import dev.godwit.execute.Cancellation;
import dev.godwit.passage.ToolPassage;
import dev.godwit.problem.Problem;
import dev.godwit.rehearse.Rehearser;
import dev.godwit.rehearse.StagingArea;
import dev.godwit.text.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `godwit rehearse -- COMMAND`: the rehearsal of a program that Godwit knows nothing of.
final class ToolRehearsal {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Context context;
    private final Settings settings;
    private final Terminal terminal;
    private final boolean json;
    private final double scale;
    private final DatabaseUrl production;
    private final Optional<DatabaseUrl> given;

    ToolRehearsal(Context context, Settings settings, CommonOptions common, double scale) {
        this.context = context;
        this.settings = settings;
        this.terminal = common.terminal(context.terminal());
        this.json = common.json();
        this.scale = scale;
        this.production = DatabaseUrl.parse(settings.require(Keys.PRODUCTION), context.environment());
        this.given = settings.find(Keys.STAGING).map(url -> DatabaseUrl.parse(url, context.environment()));
    }

    int run(Tool tool, @Nullable String timeout) {
        try (ProgressLine progress = new ProgressLine(terminal);
                Interrupts interrupts = Interrupts.stopping(new Cancellation("godwit rehearse -- COMMAND"));
                ToolCommands commands =
                        ToolCommands.of(tool, place(limit(timeout), progress), interrupts.cancellation())) {
            ToolPassage passage = new ToolPassage(production, settings.root(), settings.find(Keys.VERSION_TABLE));
            progress.now("running the command on a scratch database, to know what it sends");
            ToolScripts scripts = passage.learn(commands);
            Round round = new Round(passage, commands, scripts, progress, interrupts.cancellation());
            Evidence evidence = given.isPresent()
                    ? rehearse(round, given.get(), taken(round, given.get()))
                    : rehearseOnSynthesized(round);
            if (json) {
                terminal.print(EvidenceJson.write(List.of(evidence)));
            }
            return evidence.verdict() == Verdict.PASS ? ExitCode.OK : ExitCode.REFUSED;
        }
    }

    /// What one rehearsal has.
    private record Round(
            ToolPassage passage,
            ToolCommands commands,
            ToolScripts scripts,
            ProgressLine progress,
            Cancellation cancellation) {
        CatalogSnapshot production() {
            return passage.schema(scripts.ownTables());
        }
    }

    private static Duration limit(@Nullable String timeout) {
        try {
            return timeout == null ? LONGEST : DurationText.parse(timeout);
        } catch (IllegalArgumentException e) {
            throw Problem.usage("--timeout: " + e.getMessage())
                    .remedy("write a time such as 30s, 5m or 1h30m")
                    .raise();
        }
    }

    /// The command's own words go to the error stream, marked: standard output is for the result.
    private ToolCommands.Place place(Duration limit, ProgressLine progress) {
        Secrets secrets = new Secrets(Stream.concat(Stream.of(production), given.stream())
                .flatMap(url -> url.through("", 0).password().stream())
                .toList());
        return new ToolCommands.Place(
                settings.root(),
                context.directory(),
                context.environment(),
                Optional.of(limit),
                line -> {
                    progress.close();
                    terminal.note("  | " + line);
                },
                secrets);
    }

    private static Evidence.Staging taken(Round round, DatabaseUrl url) {
        return GivenStaging.of(url, round.production(), round.scripts().ownTables());
    }

    private Evidence rehearseOnSynthesized(Round round) {
        round.progress().now("building staging from production's catalog and row counts");
        try (StagingArea area = StagingArea.build(
                round.passage().schema(java.util.Set.of()),
                scale,
                round.scripts().ownTables(),
                (table, rows) ->
                        round.progress().now(String.format(Locale.ROOT, "making %,d rows of %s", rows, table)))) {
            round.passage().copyOwnRows(area.original(), round.scripts().ownTables());
            return rehearse(round, area.original(), area.made());
        }
    }

    private Evidence rehearse(Round round, DatabaseUrl staging, Evidence.Staging made) {
        made.gaps().forEach(gap -> terminal.note("staging: " + gap));
        CatalogSnapshot before = round.production();
        Rehearser rehearser = new Rehearser(
                new Rehearser.Place(
                        staging,
                        ToolPassage.versions(round.scripts().ownTables()),
                        new ToolRunner(round.commands(), round.scripts(), staging),
                        RehearsalSettings.of(settings, context),
                        round.cancellation(),
                        round.progress()),
                ToolPassage.ID,
                made,
                Fingerprint.withoutGrants(before));
        round.progress().now("the command under traffic");
        Evidence evidence =
                rehearser.rehearseAsFarAsKnown(round.scripts().form()).evidence();
        round.passage().requireUntouched(before, round.scripts().ownTables());
        tell(round, evidence);
        return evidence;
    }

    private void tell(Round round, Evidence evidence) {
        String file = round.passage().keep(evidence, round.commands()).toString();
        round.progress().close();
        if (!json) {
            terminal.print(RehearsalText.of(evidence, terminal.palette()) + "\n  evidence: " + file + "\n  runbook:  "
                    + round.passage().runbookFile(evidence));
        }
    }
}
