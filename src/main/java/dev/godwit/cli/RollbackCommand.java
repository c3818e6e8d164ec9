package dev.godwit.cli;

import dev.godwit.apply.Applier;
import dev.godwit.apply.Order;
import dev.godwit.cli.config.Settings;
import dev.godwit.evidence.EvidenceJson;
import dev.godwit.execute.Cancellation;
import dev.godwit.passage.Passage;
import dev.godwit.passage.Production;
import dev.godwit.passage.Workshop;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Pending;
import dev.godwit.source.SqlForm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The rollback that was rehearsed.
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Undo the last applied migration by the down that was rehearsed, under the same lock discipline.",
        footer = {"", "Example: godwit rollback", "Exit code 5: applied, then rolled back."})
final class RollbackCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private ProjectOptions project = new ProjectOptions();

    @Parameters(paramLabel = "MIGRATION", arity = "0..1", description = "it must be the last that is applied")
    private @Nullable String name;

    @Option(names = "--dry-run", description = "print what would be done, and the gates; change nothing")
    private boolean dryRun;

    @Option(
            names = "--lose",
            paramLabel = "TABLE[.COLUMN]",
            description = "let go of the rows or values there that the down takes away")
    private Set<String> lose = Set.of();

    @Mixin
    private GateOptions gates = new GateOptions();

    RollbackCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = project.settings(context, gates.flags());
        Passage passage = ProjectOptions.passage(context, settings);
        passage.refuseTorn();
        Migration migration = last(passage);
        Terminal terminal = project.common().terminal(context.terminal());
        try (ProgressLine progress = new ProgressLine(terminal);
                Interrupts interrupts = Interrupts.stopping(new Cancellation("godwit rollback " + migration.id()))) {
            Production production = passage.production();
            try (Workshop workshop = Workshop.open(production, interrupts.cancellation())) {
                Applier applier = passage.applier(
                        workshop.runner(production.url()),
                        gates.retryPolicy(settings),
                        gates.permit(settings),
                        interrupts.cancellation(),
                        progress);
                SqlForm form = workshop.rehearsed(production, List.of(migration), Direction.DOWN)
                        .getFirst();
                Order order = passage.order(form, ProjectOptions.checkOptions(settings));
                if (dryRun) {
                    return dry(applier, order, terminal);
                }
                applier.rollBack(order, lose);
            }
        }
        terminal.print(
                project.common().json()
                        ? EvidenceJson.write(Map.of("migration", migration.id(), "state", "rolledBack"))
                        : terminal.palette().green("rolled back") + "  " + migration.id());
        return ExitCode.ROLLED_BACK;
    }

    private int dry(Applier applier, Order order, Terminal terminal) {
        DryRunText text =
                new DryRunText(applier.dryRun(order.form(), Direction.DOWN), applier.rollbackGates(order, lose));
        if (project.common().json()) {
            terminal.print(EvidenceJson.write(text.document("migration")));
        } else {
            text.print(terminal);
        }
        return text.exitCode();
    }

    /// Later migrations build on earlier ones, so only the last can go; an interrupted rollback goes on.
    private Migration last(Passage passage) {
        refuseRepeatable(passage);
        List<Migration> applied =
                Pending.of(
                                passage.production().migrations(),
                                passage.production().applied())
                        .applied()
                        .stream()
                        .filter(migration -> !migration.repeats())
                        .toList();
        if (applied.isEmpty()) {
            throw Problem.usage("nothing is applied, so there is nothing to roll back")
                    .remedy("godwit status")
                    .raise();
        }
        Migration last = applied.getLast();
        if (name != null && !passage.production().migrations().find(name).equals(last)) {
            throw Problem.refused(name + " is not the last that is applied: " + last.id() + " is")
                    .leaving("nothing was changed")
                    .remedy("godwit rollback " + last.id())
                    .raise();
        }
        return last;
    }

    private void refuseRepeatable(Passage passage) {
        if (name != null && passage.production().migrations().find(name).repeats()) {
            throw Problem.refused(name + " is a repeatable: it goes back by its former text")
                    .leaving("nothing was changed")
                    .remedy("put the former text back, then godwit rehearse and godwit apply it")
                    .raise();
        }
    }
}
