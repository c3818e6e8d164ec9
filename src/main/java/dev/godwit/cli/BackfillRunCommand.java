package dev.godwit.cli;

import dev.godwit.apply.Applier;
import dev.godwit.apply.Backfiller;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Runner;
import dev.godwit.execute.VersionBook;
import dev.godwit.passage.Passage;
import dev.godwit.source.BackfillFiles;
import dev.godwit.source.Migration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A backfill that is no migration.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run godwit/backfills/NAME.sql: one UPDATE, DELETE or INSERT … SELECT, in batches.",
            "Killed at any moment, the same command goes on after the last batch."
        },
        footer = {"", "Example: godwit backfill run fill_region --throttle active_sessions=60"})
final class BackfillRunCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "NAME", description = "of the file, without .sql")
    private String name = "";

    @Option(names = "--dry-run", description = "print the statement and the gates; change nothing")
    private boolean dryRun;

    @Option(names = "--again", description = "begin anew, though it was done or begun before")
    private boolean again;

    @Mixin
    private MomentOptions moment = new MomentOptions();

    @Mixin
    private GateOptions gates = new GateOptions();

    BackfillRunCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Map<String, @Nullable String> flags = new HashMap<>(moment.flags());
        flags.putAll(gates.flags());
        Settings settings = project.settings(context, flags);
        Migration backfill = new BackfillFiles(settings.root()).find(name);
        DatabaseUrl production = DatabaseUrl.parse(settings.require(Keys.PRODUCTION), context.environment());
        Terminal terminal = project.common().terminal(context.terminal());
        String resume = "godwit backfill run " + backfill.id().substring(BackfillFiles.PREFIX.length());
        try (ProgressLine progress = new ProgressLine(terminal);
                Interrupts interrupts = Interrupts.stopping(new Cancellation(resume))) {
            Applier.Target target = new Applier.Target(
                    () -> Session.open(production, "godwit"),
                    VersionBook.none(),
                    Runner.STEPS,
                    gates.retryPolicy(settings),
                    Passage.host(),
                    interrupts.cancellation(),
                    progress,
                    (_, _) -> false);
            Backfiller backfiller = new Backfiller(target, gates.permit(settings));
            return dryRun ? dry(backfiller, backfill, terminal) : run(backfiller, backfill, terminal, progress);
        }
    }

    private int dry(Backfiller backfiller, Migration backfill, Terminal terminal) {
        DryRunText text = new DryRunText(backfiller.dryRun(backfill), backfiller.gates(backfill));
        if (project.common().json()) {
            terminal.print(EvidenceJson.write(text.document("backfill")));
        } else {
            text.print(terminal);
        }
        return text.exitCode();
    }

    private int run(Backfiller backfiller, Migration backfill, Terminal terminal, ProgressLine progress) {
        Optional<String> before = backfiller.run(backfill, again);
        progress.close();
        if (project.common().json()) {
            terminal.print(EvidenceJson.write(
                    Map.of("backfill", backfill.id(), "state", before.isPresent() ? "doneBefore" : "done")));
        } else {
            terminal.print(before.map(at -> backfill.id() + " was done " + at + "; with --again it is done anew")
                    .orElse(terminal.palette().green("done") + "  " + backfill.id()));
        }
        return ExitCode.OK;
    }
}
