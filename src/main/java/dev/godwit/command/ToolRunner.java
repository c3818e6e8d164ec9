package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunEvent;
import dev.godwit.execute.Runner;
import dev.godwit.execute.StepRunner;
import dev.godwit.execute.Work;
import java.time.Duration;

/// Carries out whatever a command does, looked at and not held up. Nobody keeps a record: what is
/// applied is the command's own affair.
public final class ToolRunner implements Runner {
    private final ToolCommands commands;
    private final ToolScripts scripts;
    private final DatabaseUrl database;

    /// @param database the one that the context's connections lead to
    public ToolRunner(ToolCommands commands, ToolScripts scripts, DatabaseUrl database) {
        this.commands = requireNonNull(commands);
        this.scripts = requireNonNull(scripts);
        this.database = requireNonNull(database);
    }

    @Override
    public StepRunner.Outcome run(Work work, RunContext context) {
        long began = System.nanoTime();
        context.listener().on(new RunEvent.Begun(work.migration(), work.steps().size(), 0));
        Bystander bystander = new Bystander(context, work, scripts.script(work.direction()));
        commands.carryOut(database, work.direction(), bystander);
        context.listener().on(new RunEvent.Finished(work.migration(), Duration.ofNanos(System.nanoTime() - began)));
        return StepRunner.Outcome.CARRIED_OUT;
    }
}
