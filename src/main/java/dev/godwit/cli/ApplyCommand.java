package dev.godwit.cli;

import dev.godwit.apply.Applier;
import dev.godwit.apply.Gate;
import dev.godwit.apply.Order;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.evidence.Journal;
import dev.godwit.evidence.Verdict;
import dev.godwit.execute.Cancellation;
import dev.godwit.passage.Passage;
import dev.godwit.passage.Production;
import dev.godwit.passage.Workshop;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.report.CriteriaReport;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.SqlForm;
import dev.godwit.watch.Baseline;
import dev.godwit.watch.WatchResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Gates, the change, verification, watch.
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Apply rehearsed migrations to production without a stall; verify; watch.",
        footer = {"", "Example: godwit apply add_orders_region --dry-run"})
final class ApplyCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "MIGRATION", description = "id, version, name or file; none: all pending")
    private List<String> names = List.of();

    @Option(names = "--dry-run", description = "print what would be done, and the gates; change nothing")
    private boolean dryRun;

    @Option(names = "--no-watch", description = "do not watch afterwards: criterion 7 stays unknown")
    private boolean noWatch;

    @Option(names = "--watch", paramLabel = "TIME", description = "how long to watch (default: 5m)")
    private @Nullable String watch;

    @Option(
            names = "--baseline",
            paramLabel = "TIME",
            description = "how long to learn what is normal first (default: 1m)")
    private @Nullable String baseline;

    @Mixin
    private MomentOptions moment = new MomentOptions();

    @Mixin
    private GateOptions gates = new GateOptions();

    ApplyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable String> flags = new HashMap<>();
        flags.put(Keys.WATCH.name(), watch);
        flags.put(Keys.BASELINE.name(), baseline);
        flags.putAll(moment.flags());
        flags.putAll(gates.flags());
        Settings settings = project.settings(context, flags);
        Passage passage = ProjectOptions.passage(context, settings);
        List<Migration> migrations = ProjectOptions.choose(passage, names);
        Terminal terminal = project.common().terminal(context.terminal());
        if (migrations.isEmpty()) {
            terminal.note("nothing is pending");
            if (project.common().json()) {
                terminal.print(EvidenceJson.write(List.of()));
            }
            return ExitCode.OK;
        }
        try (ProgressLine progress = new ProgressLine(terminal);
                Interrupts interrupts = Interrupts.stopping(new Cancellation(resume(migrations)))) {
            return run(settings, passage, migrations, terminal, progress, interrupts.cancellation());
        }
    }

    private int run(
            Settings settings,
            Passage passage,
            List<Migration> migrations,
            Terminal terminal,
            ProgressLine progress,
            Cancellation cancellation) {
        Production production = passage.production();
        passage.refuseTorn();
        try (Workshop workshop = Workshop.open(production, cancellation)) {
            Applier applier = passage.applier(
                    workshop.runner(production.url()),
                    gates.retryPolicy(settings),
                    gates.permit(settings),
                    cancellation,
                    progress);
            Run run = new Run(settings, passage, applier, terminal, progress);
            workshop.alongside(production).ifPresent(terminal::note);
            List<SqlForm> forms = workshop.rehearsed(production, migrations, Direction.UP);
            return dryRun ? run.dry(forms) : run.apply(forms);
        } catch (GodwitException e) {
            throw passage.explained(e);
        }
    }

    private static String resume(List<Migration> migrations) {
        return "godwit apply " + (migrations.size() == 1 ? migrations.getFirst().id() : "");
    }

    /// One call of the command, its parts at hand.
    private final class Run {
        private final Settings settings;
        private final Passage passage;
        private final Applier applier;
        private final Terminal terminal;
        private final ProgressLine progress;

        Run(Settings settings, Passage passage, Applier applier, Terminal terminal, ProgressLine progress) {
            this.settings = settings;
            this.passage = passage;
            this.applier = applier;
            this.terminal = terminal;
            this.progress = progress;
        }

        /// Only the first can be asked for its gates truly: the others depend on the schema that it leaves.
        int dry(List<SqlForm> forms) {
            List<DryRunText> texts = forms.stream()
                    .map(form -> new DryRunText(applier.dryRun(form, Direction.UP), applier.gates(order(form))))
                    .toList();
            if (project.common().json()) {
                terminal.print(EvidenceJson.write(
                        texts.stream().map(text -> text.document("migration")).toList()));
            } else {
                texts.forEach(text -> text.print(terminal));
            }
            return texts.stream().allMatch(text -> text.exitCode() == ExitCode.OK) ? ExitCode.OK : ExitCode.REFUSED;
        }

        private String warning(Gate gate) {
            return terminal.palette().yellow("warning") + "  gate " + gate.name() + ": " + gate.reason() + "; "
                    + gate.remedy().replace("\n", "; ");
        }

        int apply(List<SqlForm> forms) {
            List<Migration> migrations = forms.stream().map(SqlForm::migration).toList();
            refuseEarly(forms.getFirst());
            Optional<Baseline> normal = noWatch ? Optional.empty() : Optional.of(normal());
            List<Journal.Verified> verified = new ArrayList<>();
            for (SqlForm form : forms) {
                Migration migration = form.migration();
                Order order = order(form);
                applier.apply(order);
                progress.close();
                Journal.Verified found =
                        applier.verify(order, passage.production().applied());
                verified.add(found);
                normal.ifPresent(b -> passage.keepBaseline(migration, b));
                say(migration, found);
            }
            Optional<WatchResult> watched = normal.map(b -> watch(migrations, b));
            report(migrations);
            boolean clean = verified.stream().allMatch(Journal.Verified::clean);
            boolean quiet = watched.map(w -> w.verdict() == Verdict.PASS).orElse(true);
            return clean && quiet ? ExitCode.OK : ExitCode.REFUSED;
        }

        /// Before the time for a baseline is spent.
        private void refuseEarly(SqlForm first) {
            List<Gate> asked = applier.gates(order(first));
            Gate.refusal(first.migration().id(), asked).ifPresent(problem -> {
                throw problem.raise();
            });
            asked.stream().filter(gate -> !gate.remedy().isEmpty()).forEach(gate -> terminal.note(warning(gate)));
        }

        private Order order(SqlForm form) {
            return passage.order(form, ProjectOptions.checkOptions(settings));
        }

        private Baseline normal() {
            return new WatchRun(passage, terminal, progress).baseline(settings.require(Keys.BASELINE));
        }

        private WatchResult watch(List<Migration> migrations, Baseline before) {
            return new WatchRun(passage, terminal, progress)
                    .watch(
                            migrations,
                            before,
                            settings.require(Keys.WATCH),
                            project.common().json());
        }

        private void say(Migration migration, Journal.Verified found) {
            if (!found.clean()) {
                throw Problem.refused(
                                migration.id() + " is applied, but not cleanly: " + String.join("; ", found.remarks()))
                        .leaving("applied; the version table and the ledger have it")
                        .remedy("godwit status; godwit rollback " + migration.id())
                        .raise();
            }
            terminal.note(terminal.palette().green("applied") + "  " + migration.id() + "  verified");
            found.remarks().forEach(remark -> terminal.note("         " + remark));
        }

        private void report(List<Migration> migrations) {
            List<CriteriaReport> reports =
                    migrations.stream().map(passage::report).toList();
            if (project.common().json()) {
                terminal.print(EvidenceJson.write(reports));
            } else {
                reports.forEach(r -> terminal.print(CriteriaText.of(r, terminal.palette())));
            }
        }
    }
}
