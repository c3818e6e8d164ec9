package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.gateway.Gateway;
import dev.godwit.gateway.StatementHandler;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Framework;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.OwnRunner;
import dev.godwit.source.Project;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A framework's own commands in a copy of its project, each connected through a gateway of its own to whichever
/// database it is for. The copy is made once and is gone when this is closed.
public final class FrameworkCommands implements AutoCloseable {
    private final Framework framework;
    private final OwnRunner runner;
    private final ProjectCopy copy;
    private final MigrationSet migrations;
    private final Cancellation cancellation;
    private final String shownAt;
    private boolean comesHere;

    private FrameworkCommands(
            Framework framework, OwnRunner runner, Project original, ProjectCopy copy, Cancellation cancellation) {
        this.framework = framework;
        this.runner = runner;
        this.copy = copy;
        this.migrations = framework.list(copy.project()).orRaise();
        this.cancellation = cancellation;
        this.shownAt = original.root().toString();
    }

    /// @return empty for a framework that Godwit's step runner carries out
    public static Optional<FrameworkCommands> of(Framework framework, Project project, Cancellation cancellation) {
        requireNonNull(cancellation);
        return framework instanceof OwnRunner runner
                ? Optional.of(new FrameworkCommands(framework, runner, project, ProjectCopy.of(project), cancellation))
                : Optional.empty();
    }

    public Framework framework() {
        return framework;
    }

    public Project project() {
        return copy.project();
    }

    /// @return those of the copy, whose files are as the user's were
    public MigrationSet migrations() {
        return migrations;
    }

    public Set<QualifiedName> ownTables() {
        return Set.copyOf(runner.ownTables(copy.project()));
    }

    /// Takes back what the framework recorded of a failed attempt, over which it would refuse the next.
    void forgetFailure(Session session, Migration migration) {
        runner.failureForgotten(copy.project(), migration).forEach(session::execute);
    }

    /// @return who holds the lock that the framework keeps in a table; empty while it is free
    Optional<Problem> heldLock(Session session) {
        return runner.tableLock(copy.project()).flatMap(lock -> OwnRows.held(session, lock));
    }

    /// @return whether the framework has a command for the way down
    boolean hasDown() {
        return runner.hasDown();
    }

    /// @return the statements that take a migration's record back
    List<String> rowRemoved(Migration migration) {
        return runner.rowRemoved(copy.project(), migrations, migration);
    }

    /// What came of a command.
    ///
    /// @param problem what went wrong, by exit code or by what it printed; empty when nothing did
    record Carried(Invocation.Finished finished, Optional<Problem> problem) {}

    /// Runs one migration in one direction by the framework's command.
    ///
    /// @param handler told of, and asked about, every statement
    /// @throws dev.godwit.problem.GodwitException before anything is run when the project leads its
    ///     connections past the gateway
    Carried carryOut(DatabaseUrl database, Migration migration, Direction direction, StatementHandler handler) {
        requireThatItComesHere(database);
        Run run = run(database, handler, place -> switch (direction) {
            case UP -> runner.up(place, migration);
            case DOWN -> runner.down(place, migration);
        });
        Optional<Problem> failure = failure(run.finished());
        if (run.none() && failure.isEmpty()) {
            throw elsewhere()
                    .leaving("whatever it did, it did not do it to " + database.display())
                    .raise();
        }
        Optional<Problem> selfWait = run.selfWait().map(problem -> problem.remedy(runner.againstWaitingForItself()));
        return new Carried(run.finished(), selfWait.or(() -> failure));
    }

    /// What the framework itself says.
    ///
    /// @param applied versions
    /// @param alongside what is pending and no file of the project is; it runs along with the first that
    ///     depends on it
    public record OwnWord(Set<String> applied, List<String> alongside) {
        public OwnWord {
            applied = Set.copyOf(applied);
            alongside = List.copyOf(alongside);
        }
    }

    /// @throws dev.godwit.problem.GodwitException when it does not look at this database at all
    public OwnWord ownWord(DatabaseUrl database) {
        Invocation.Finished status = asked(database);
        return new OwnWord(runner.appliedAccordingTo(migrations, status), runner.alongside(migrations, status));
    }

    public boolean takesOthersAlong() {
        return runner.takesOthersAlong();
    }

    /// Its status only reads, so a project that connects elsewhere is found out before it has changed
    /// anything there.
    private void requireThatItComesHere(DatabaseUrl database) {
        if (!comesHere && runner.mayConnectElsewhere(copy.project())) {
            asked(database);
        }
    }

    private Invocation.Finished asked(DatabaseUrl database) {
        Run run = run(database, StatementHandler.NONE, runner::status);
        if (run.none()) {
            throw failure(run.finished())
                    .map(problem -> problem.leaving("nothing was begun"))
                    .orElseGet(() -> elsewhere().leaving("only its status was asked for; nothing was begun"))
                    .raise();
        }
        comesHere = true;
        return run.finished();
    }

    /// A place in the copy is one in the project, and the copy is gone when it is read. Laravel leaves the first slash
    /// of a path out.
    private Optional<Problem> failure(Invocation.Finished finished) {
        String root = copy.project().root() + File.separator;
        return runner.failure(finished)
                .map(problem -> problem.at(problem.where().replace(root, "").replace(root.substring(1), "")));
    }

    private Problem elsewhere() {
        return Problem.usage("no connection of " + framework.title() + " came to Godwit's gateway: the project says"
                        + " itself where it connects")
                .at(shownAt)
                .remedy("let the project take its connection from its settings or its environment, where Godwit can put"
                        + " another; docs/frameworks.md tells which");
    }

    /// One command that has ended.
    ///
    /// @param none whether none of its connections came through the gateway
    private record Run(Invocation.Finished finished, boolean none, Optional<Problem> selfWait) {}

    private Run run(DatabaseUrl database, StatementHandler handler, Function<OwnRunner.Place, Invocation> command) {
        Visitors visitors = new Visitors(handler);
        try (Gateway gateway = Gateway.start(Gateway.Options.loopback(database), visitors)) {
            OwnRunner.Place place = new OwnRunner.Place(
                    copy.project(), migrations, database.through(gateway.host(), gateway.port()), copy.scratch());
            try (SelfWait selfWait = SelfWait.watch(database, visitors::backends)) {
                Invocation.Finished finished = Child.run(command.apply(place), cancellation);
                return new Run(finished, visitors.none(), selfWait.found());
            }
        }
    }

    @Override
    public void close() {
        copy.close();
    }
}
