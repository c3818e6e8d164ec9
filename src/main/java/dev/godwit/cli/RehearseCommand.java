package dev.godwit.cli;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.Table;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.evidence.Verdict;
import dev.godwit.execute.Cancellation;
import dev.godwit.passage.Passage;
import dev.godwit.passage.Workshop;
import dev.godwit.rehearse.Rehearser;
import dev.godwit.rehearse.StagingArea;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Up, down and up again on staging under traffic; evidence and runbook.
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = "Run migrations up, down and up again on staging under traffic; write evidence and runbook.",
        footer = {"", "Example: godwit rehearse add_orders_region"})
final class RehearseCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "MIGRATION", description = "id, version, name or file; none: all pending")
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

    private List<Evidence> rehearse(Settings settings, Passage passage, List<Migration> migrations, Terminal terminal) {
        Optional<DatabaseUrl> given =
                settings.find(Keys.STAGING).map(url -> DatabaseUrl.parse(url, context.environment()));
        try (ProgressLine progress = new ProgressLine(terminal);
                Interrupts interrupts = Interrupts.stopping(new Cancellation("godwit rehearse"));
                Workshop workshop = Workshop.open(passage.production(), interrupts.cancellation())) {
            List<SqlForm> forms = workshop.forms(passage.production(), migrations);
            if (given.isPresent()) {
                Place place = new Place(settings, passage, given.get(), copyOf(given.get(), passage), workshop);
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

    /// A staging database that somebody else made: taken as it is, measured by its catalog.
    private static Evidence.Staging copyOf(DatabaseUrl url, Passage passage) {
        try (Session session = Session.open(url, "godwit rehearse")) {
            CatalogSnapshot staging =
                    CatalogReader.read(session, passage.production().versions().tables());
            CatalogSnapshot production = passage.production().schema();
            long rows =
                    staging.tables().stream().mapToLong(Table::estimatedRows).sum();
            long bytes = staging.tables().stream().mapToLong(Table::bytes).sum();
            long wanted =
                    production.tables().stream().mapToLong(Table::estimatedRows).sum();
            double reached = wanted == 0 ? 1.0 : (double) rows / wanted;
            int differences = Fingerprint.differences(production, staging).size();
            double fidelity = Math.max(
                    0,
                    1.0
                            - (double) differences
                                    / Math.max(1, production.objects().size()));
            return new Evidence.Staging(
                    "copy",
                    rows,
                    bytes,
                    Math.round(reached * 100) / 100.0,
                    Math.round(fidelity * 100) / 100.0,
                    List.of());
        }
    }

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
