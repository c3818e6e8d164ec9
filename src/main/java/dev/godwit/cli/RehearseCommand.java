package dev.godwit.cli;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.Fingerprint;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.command.Tool;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.evidence.Verdict;
import dev.godwit.execute.Cancellation;
import dev.godwit.passage.Passage;
import dev.godwit.passage.Workshop;
import dev.godwit.problem.Problem;
import dev.godwit.rehearse.Rehearser;
import dev.godwit.rehearse.StagingArea;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.SqlForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Up, down and up again on staging under traffic; evidence and runbook.
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = "Run migrations up, down and up again on staging under traffic; write evidence and runbook.",
        footer = {
            "",
            "Example: godwit rehearse add_orders_region",
            "         godwit rehearse --down 'goose down' -- goose up"
        })
final class RehearseCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(
            paramLabel = "MIGRATION",
            description = "id, version, name or file; none: all pending; behind --: any command that migrates")
    private List<String> names = List.of();

    @Option(
            names = "--staging",
            paramLabel = "URL",
            description = "a copy of production to rehearse on (default: embedded, synthesized)")
    private @Nullable String staging;

    @Option(
            names = "--scale",
            paramLabel = "X",
            defaultValue = "1.0",
            description = "rows on staging for each in production (${DEFAULT-VALUE})")
    private double scale;

    @Option(names = "--runs", paramLabel = "N", description = "ups and downs under traffic (default: 1)")
    private @Nullable String runs;

    @Option(
            names = "--traffic",
            paramLabel = "SOURCE",
            description = "catalog (default), none, or a FILE.sql of queries")
    private @Nullable String traffic;

    @Option(names = "--traffic-rate", paramLabel = "N", description = "queries a second (default: 200)")
    private @Nullable String trafficRate;

    @Option(names = "--stall-budget", paramLabel = "TIME", description = "the longest stall that passes")
    private @Nullable String stallBudget;

    @Option(names = "--down", paramLabel = "COMMAND", description = "what undoes the COMMAND behind --")
    private @Nullable String down;

    @Option(names = "--name", paramLabel = "NAME", description = "what to call the evidence of a COMMAND")
    private @Nullable String name;

    @Option(names = "--timeout", paramLabel = "TIME", description = "how long a COMMAND may run (default: 1h)")
    private @Nullable String timeout;

    @Spec
    private @Nullable CommandSpec spec;

    RehearseCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable String> flags = new HashMap<>();
        flags.put(Keys.STAGING.name(), staging);
        flags.put(Keys.RUNS.name(), runs);
        flags.put(Keys.TRAFFIC.name(), traffic);
        flags.put(Keys.TRAFFIC_RATE.name(), trafficRate);
        flags.put(Keys.STALL_BUDGET.name(), stallBudget);
        Settings settings = project.settings(context, flags);
        if (isCommand()) {
            return new ToolRehearsal(context, settings, project.common(), scale).run(tool(), timeout);
        }
        Passage passage = ProjectOptions.passage(context, settings);
        List<Migration> migrations = ProjectOptions.choose(passage, names);
        Terminal terminal = project.common().terminal(context.terminal());
        boolean json = project.common().json();
        if (migrations.isEmpty()) {
            terminal.note("nothing is pending");
        }
        List<Evidence> evidence = migrations.isEmpty() ? List.of() : rehearse(settings, passage, migrations, terminal);
        if (json) {
            terminal.print(EvidenceJson.write(evidence));
        }
        return evidence.stream().allMatch(e -> e.verdict() == Verdict.PASS) ? ExitCode.OK : ExitCode.REFUSED;
    }

    private boolean isCommand() {
        List<String> typed = requireNonNull(spec).commandLine().getParseResult().originalArgs();
        int end = typed.indexOf("--");
        boolean command = end >= 0;
        if (command && names.size() != typed.size() - end - 1) {
            throw Problem.usage("either migrations or a command, not both")
                    .remedy("godwit rehearse -- COMMAND ARGUMENTS")
                    .raise();
        }
        if (!command && (down != null || name != null || timeout != null)) {
            throw Problem.usage("--down, --name and --timeout are for a command")
                    .remedy("godwit rehearse --down 'UNDO' -- COMMAND ARGUMENTS")
                    .raise();
        }
        return command;
    }

    private Tool tool() {
        return Tool.of(names, Optional.ofNullable(down), Optional.ofNullable(name));
    }

    private List<Evidence> rehearse(Settings settings, Passage passage, List<Migration> migrations, Terminal terminal) {
        Optional<DatabaseUrl> given =
                settings.find(Keys.STAGING).map(url -> DatabaseUrl.parse(url, context.environment()));
        try (ProgressLine progress = new ProgressLine(terminal);
                Interrupts interrupts = Interrupts.stopping(new Cancellation("godwit rehearse"));
                Workshop workshop = Workshop.open(passage.production(), interrupts.cancellation())) {
            passage.refuseTorn();
            workshop.alongside(passage.production()).ifPresent(terminal::note);
            List<SqlForm> forms = workshop.forms(passage.production(), migrations, Direction.DOWN);
            if (given.isPresent()) {
                Place place = new Place(
                        settings,
                        passage,
                        given.get(),
                        GivenStaging.of(
                                given.get(),
                                passage.production().schema(),
                                passage.production().versions().tables()),
                        workshop);
                return rehearse(place, forms, terminal, progress, interrupts);
            }
            progress.now("building staging from production's catalog and row counts");
            try (StagingArea area = StagingArea.build(
                    passage.production().whole(),
                    scale,
                    passage.production().versions().tables(),
                    (table, rows) -> progress.now(String.format(Locale.ROOT, "making %,d rows of %s", rows, table)))) {
                passage.production().copyOwnRows(area.original());
                Place place = new Place(settings, passage, area.original(), area.made(), workshop);
                return rehearse(place, forms, terminal, progress, interrupts);
            }
        }
    }

    private record Place(
            Settings settings, Passage passage, DatabaseUrl url, Evidence.Staging staging, Workshop workshop) {}

    private List<Evidence> rehearse(
            Place place, List<SqlForm> forms, Terminal terminal, ProgressLine progress, Interrupts interrupts) {
        place.staging().gaps().forEach(gap -> terminal.note("staging: " + gap));
        Rehearser rehearser = new Rehearser(
                new Rehearser.Place(
                        place.url(),
                        place.passage().production().versions(),
                        place.workshop().runner(place.url()),
                        RehearsalSettings.of(place.settings(), context),
                        interrupts.cancellation(),
                        progress),
                place.passage().production().framework().id(),
                place.staging(),
                Fingerprint.withoutGrants(place.passage().production().schema()));
        List<Evidence> evidence = new ArrayList<>();
        for (SqlForm form : forms) {
            Migration migration = form.migration();
            progress.now(migration.id() + ": up, down and up again under traffic");
            Rehearser.Rehearsed rehearsed = rehearser.rehearse(form);
            place.passage().keep(rehearsed);
            evidence.add(rehearsed.evidence());
            progress.close();
            tell(terminal, place.passage(), migration, rehearsed.evidence());
            if (rehearsed.traffic().isEmpty()) {
                break;
            }
        }
        return evidence;
    }

    private void tell(Terminal terminal, Passage passage, Migration migration, Evidence evidence) {
        if (!project.common().json()) {
            terminal.print(RehearsalText.of(evidence, terminal.palette())
                    + "\n  evidence: " + passage.evidenceFile(migration)
                    + "\n  runbook:  " + passage.runbookFile(migration));
        }
    }
}
