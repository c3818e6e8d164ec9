package dev.godwit.cli;

import dev.godwit.apply.Verification;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.Session;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.SingleRunner;
import dev.godwit.passage.Passage;
import dev.godwit.passage.Production;
import dev.godwit.passage.Workshop;
import dev.godwit.source.Migration;
import dev.godwit.source.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What is applied and what is wrong.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Show what is applied, pending, half done, invalid or not validated.",
        footer = {"", "Example: godwit status"})
final class StatusCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    StatusCommand(Context context) {
        this.context = context;
    }

    /// The document of `status --format json`.
    ///
    /// @param unfinished migrations that a run began and did not end, with how far it came
    /// @param disagreements where the framework's own word and its version table differ
    /// @param remarks invalid indexes, constraints that were never validated
    record Status(
            List<String> applied,
            List<String> pending,
            List<String> missing,
            List<String> outOfOrder,
            List<String> unfinished,
            List<String> disagreements,
            List<String> remarks,
            Optional<String> runner) {}

    @Override
    public Integer call() {
        Settings settings = project.settings(context, Map.of());
        Passage passage = ProjectOptions.passage(context, settings);
        Terminal terminal = project.common().terminal(context.terminal());
        Status status = read(passage.production());
        terminal.print(project.common().json() ? EvidenceJson.write(status) : text(status, terminal.palette()));
        boolean clean = status.unfinished().isEmpty()
                && status.missing().isEmpty()
                && status.disagreements().isEmpty()
                && status.remarks().isEmpty();
        return clean ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static Status read(Production production) {
        try (Session session = production.open();
                Workshop workshop = Workshop.open(production, new Cancellation("godwit status"))) {
            Set<String> applied = production.applied(session);
            Pending pending = Pending.of(production.migrations(), applied);
            Verification verification = new Verification(production.schema(session));
            List<String> remarks = new ArrayList<>(verification.invalidIndexes());
            remarks.addAll(verification.unvalidatedConstraints());
            return new Status(
                    ids(pending.applied()),
                    ids(pending.pending()),
                    pending.missing(),
                    ids(pending.outOfOrder()),
                    unfinished(session, production.migrations().migrations()),
                    workshop.disagreements(production, applied),
                    remarks,
                    SingleRunner.holder(session));
        }
    }

    private static List<String> unfinished(Session session, List<Migration> migrations) {
        return migrations.stream()
                .flatMap(migration -> Ledger.unfinished(session, migration.id()).stream())
                .map(run -> run.migration() + ": " + run.direction().word() + ", " + run.doneSteps() + " of "
                        + run.steps() + " steps done")
                .toList();
    }

    private static List<String> ids(List<Migration> migrations) {
        return migrations.stream().map(Migration::id).toList();
    }

    private static String text(Status status, Palette palette) {
        List<String> lines = new ArrayList<>();
        status.applied().forEach(id -> lines.add(palette.green("applied") + "    " + id));
        status.pending().forEach(id -> lines.add(palette.yellow("pending") + "    " + id));
        status.outOfOrder()
                .forEach(id -> lines.add(palette.yellow("late") + "       " + id + " comes before an applied one"));
        status.missing().forEach(v -> lines.add(palette.red("no file") + "    " + v + " is applied and has no file"));
        status.unfinished()
                .forEach(u -> lines.add(
                        palette.red("half done") + "  " + u + "; go on with godwit apply or godwit rollback"));
        status.disagreements().forEach(d -> lines.add(palette.red("disagree") + "   " + d));
        status.remarks().forEach(remark -> lines.add(palette.red("look at") + "    " + remark));
        status.runner().ifPresent(runner -> lines.add(palette.cyan("at work") + "    " + runner));
        return lines.isEmpty() ? "no migrations" : String.join("\n", lines);
    }
}
