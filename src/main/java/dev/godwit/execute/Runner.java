package dev.godwit.execute;

/// Who carries a migration out: Godwit's own [StepRunner], or a framework by its own command.
@FunctionalInterface
public interface Runner {
    /// Plain SQL and plans.
    Runner STEPS = (work, context) -> new StepRunner(context).run(work);

    /// Returns when the migration is done and its version recorded; throws otherwise, with the state it left and the
    /// command that goes on.
    StepRunner.Outcome run(Work work, RunContext context);
}
