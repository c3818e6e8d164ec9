package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.ForeignRun;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.LedgerRun;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunEvent;
import dev.godwit.execute.Runner;
import dev.godwit.execute.StepRunner;
import dev.godwit.execute.VersionBook;
import dev.godwit.execute.Work;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import java.time.Duration;
import java.util.Optional;

/// Carries a migration out by the framework's own command, under the same discipline and in the same ledger as the step
/// runner. The framework writes its version row itself; Godwit believes the row and not the exit code.
public final class FrameworkRunner implements Runner {
    private static final String RAISE_EXCEPTION = "P0001";

    private final FrameworkCommands commands;
    private final DatabaseUrl database;

    /// @param database the one that the context's connections lead to
    public FrameworkRunner(FrameworkCommands commands, DatabaseUrl database) {
        this.commands = requireNonNull(commands);
        this.database = requireNonNull(database);
    }

    @Override
    public StepRunner.Outcome run(Work work, RunContext context) {
        Migration migration = commands.migrations().find(work.migration());
        AppliedVersions applied = new AppliedVersions(commands.framework(), commands.project(), commands.migrations());
        boolean wanted = work.direction() == Direction.UP;
        try (Session session = context.connections().open()) {
            boolean there = applied.read(session).contains(migration.version()) == wanted;
            if (there && Ledger.unfinished(session, work.migration()).isEmpty()) {
                return StepRunner.Outcome.ALREADY_DONE;
            }
            Optional<LedgerRun> open = Ledger.unfinished(session, work.migration());
            open.filter(run -> !there && run.direction() != work.direction())
                    .ifPresent(run -> ForeignRun.settle(session, run));
            if (!wanted && !commands.hasDown()) {
                VersionBook book = context.versions().forgetting(commands.rowRemoved(migration));
                return new StepRunner(context.with(book)).run(work);
            }
            if (!there) {
                commands.heldLock(session).ifPresent(problem -> {
                    throw problem.raise();
                });
            }
            ForeignRun run = ForeignRun.begin(context, session, work);
            if (!there) {
                carryOut(work, context, migration, run, session, open.isPresent());
                requireRow(applied.read(session).contains(migration.version()) == wanted, migration, work.direction());
            }
            run.finished(work);
            return StepRunner.Outcome.CARRIED_OUT;
        }
    }

    /// @param again an earlier attempt has begun it
    private void carryOut(
            Work work, RunContext context, Migration migration, ForeignRun run, Session session, boolean again) {
        long began = System.nanoTime();
        if (again && work.direction() == Direction.UP) {
            commands.forgetFailure(session, migration);
        }
        run.announce(work);
        context.listener().on(new RunEvent.Begun(work.migration(), work.steps().size(), 0));
        try (Guard guard = new Guard(context, work, session)) {
            Optional<Problem> problem;
            do {
                problem = commands.carryOut(database, migration, work.direction(), guard)
                        .problem();
            } while (guard.runAgain());
            if (problem.isPresent()) {
                run.failed(work, guard.lastSqlState().orElse(RAISE_EXCEPTION));
                throw failed(problem.get(), migration, context).raise();
            }
        }
        context.listener().on(new RunEvent.Finished(work.migration(), Duration.ofNanos(System.nanoTime() - began)));
    }

    private Problem failed(Problem problem, Migration migration, RunContext context) {
        return problem.at(problem.where().isEmpty() ? migration.up().text().name() : problem.where())
                .leaving("the framework has not recorded it; what its transactions did is rolled back, what it did"
                        + " outside of a transaction is there")
                .remedy(
                        problem.remedy().isEmpty()
                                ? "mend the cause, then "
                                        + context.cancellation().resumeCommand()
                                : problem.remedy());
    }

    private void requireRow(boolean asWanted, Migration migration, Direction direction) {
        if (!asWanted) {
            String title = commands.framework().title();
            throw Problem.database(title + " says that it is done, and its version table "
                            + (direction == Direction.UP ? "does not name " : "still names ") + migration.id())
                    .at(commands.framework()
                            .versionTable(commands.project())
                            .name()
                            .toString())
                    .leaving("the " + direction.word() + " may have run; godwit status compares")
                    .remedy("godwit status")
                    .raise();
        }
    }
}
