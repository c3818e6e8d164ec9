package dev.godwit.cli;

import dev.godwit.apply.HalfDone;
import dev.godwit.apply.TornRecord;
import dev.godwit.apply.Verification;
import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.cli.config.Settings;
import dev.godwit.db.Session;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.LedgerRun;
import dev.godwit.execute.SingleRunner;
import dev.godwit.passage.Passage;
import dev.godwit.passage.Production;
import dev.godwit.passage.Workshop;
import dev.godwit.source.Direction;
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
    /// @param torn migrations whose effect and version row a crash has torn apart, with the statements that
    ///     mend it
    /// @param disagreements where the framework's own word and its version table differ
    /// @param alongside pending migrations of libraries, which run along with the first that depends on them
    /// @param remarks invalid indexes, constraints that were never validated, a lock that a framework left
    record Status(
            List<String> applied,
            List<String> pending,
            List<String> missing,
            List<String> outOfOrder,
            List<String> unfinished,
            List<TornRecord> torn,
            List<String> disagreements,
            List<String> alongside,
            List<String> remarks,
            Optional<String> runner) {}

    @Override
    public Integer call() {
        Settings settings = project.settings(context, Map.of());
        Passage passage = ProjectOptions.passage(context, settings);
        Terminal terminal = project.common().terminal(context.terminal());
        Status status = read(passage);
        terminal.print(project.common().json() ? EvidenceJson.write(status) : text(status, terminal.palette()));
        boolean clean = status.unfinished().isEmpty()
                && status.missing().isEmpty()
                && status.torn().isEmpty()
                && status.disagreements().isEmpty()
                && status.remarks().isEmpty();
        return clean ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static Status read(Passage passage) {
        Production production = passage.production();
        try (Session session = production.open();
                Interrupts interrupts = Interrupts.stopping(new Cancellation("godwit status"));
                Workshop workshop = Workshop.open(production, interrupts.cancellation())) {
            Set<String> applied = production.applied(session);
            Pending pending = Pending.of(production.migrations(), applied);
            CatalogSnapshot schema = production.schema(session);
            List<TornRecord> torn = passage.torn(pending, schema);
            Workshop.OwnWord word = workshop.ownWord(production, applied);
            return new Status(
                    ids(pending.applied()),
                    ids(pending.pending()),
                    pending.missing(),
                    ids(production.framework().late(production.migrations(), pending)),
                    unfinished(session, passage, pending, torn),
                    torn,
                    word.disagreements(),
                    word.alongside(),
                    remarks(session, production, schema),
                    SingleRunner.holder(session));
        }
    }

    private static List<String> remarks(Session session, Production production, CatalogSnapshot schema) {
        Verification verification = new Verification(schema);
        List<String> remarks = new ArrayList<>(verification.invalidIndexes());
        remarks.addAll(verification.unvalidatedConstraints());
        production.heldLock(session).ifPresent(problem -> remarks.add(problem.what() + "; " + problem.remedy()));
        return remarks;
    }

    /// A framework writes its version row last, so a run whose row is as wanted has ended, whatever the
    /// ledger missed.
    private static List<String> unfinished(Session session, Passage passage, Pending state, List<TornRecord> torn) {
        Production production = passage.production();
        Optional<HalfDone> half = passage.halfDone(session, state);
        Set<String> applied = Set.copyOf(ids(state.applied()));
        List<String> unfinished = new ArrayList<>();
        for (Migration migration : production.migrations().migrations()) {
            boolean there = applied.contains(migration.id());
            Ledger.unfinished(session, migration.id())
                    .filter(run ->
                            torn.stream().noneMatch(one -> one.migration().equals(run.migration())))
                    .filter(run -> !production.keptByFramework() || there != (run.direction() == Direction.UP))
                    .map(run -> half.filter(one -> one.migration().equals(run.migration()))
                            .map(HalfDone::sentence)
                            .orElseGet(() -> sentence(run)))
                    .ifPresent(unfinished::add);
        }
        return unfinished;
    }

    private static String sentence(LedgerRun run) {
        return run.migration() + ": " + run.direction().word() + ", " + run.doneSteps() + " of " + run.steps()
                + " steps done; go on with godwit apply or godwit rollback";
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
        status.unfinished().forEach(u -> lines.add(palette.red("half done") + "  " + u));
        status.torn()
                .forEach(t -> lines.add(palette.red("torn") + "       " + t.migration() + " is " + t.what()
                        + "; mend it:\n" + t.script().indent(11).stripTrailing()));
        status.disagreements().forEach(d -> lines.add(palette.red("disagree") + "   " + d));
        status.alongside()
                .forEach(id -> lines.add(palette.yellow("along") + "      " + id
                        + " is no file of this project, and runs along with the first that depends on it"));
        status.remarks().forEach(remark -> lines.add(palette.red("look at") + "    " + remark));
        status.runner().ifPresent(runner -> lines.add(palette.cyan("at work") + "    " + runner));
        return lines.isEmpty() ? "no migrations" : String.join("\n", lines);
    }
}
