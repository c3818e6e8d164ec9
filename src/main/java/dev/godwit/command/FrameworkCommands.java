package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A framework's own commands in a copy of its project, each connected through a gateway of its own to whichever
/// database it is for. The copy is made once and is gone when this is closed.
public final class FrameworkCommands implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Framework framework;
    private final OwnRunner runner;
    private final ProjectCopy copy;
    private final MigrationSet migrations;
    private final Cancellation cancellation;

    private FrameworkCommands(Framework framework, OwnRunner runner, ProjectCopy copy, Cancellation cancellation) {
        this.framework = framework;
        this.runner = runner;
        this.copy = copy;
        this.migrations = framework.list(copy.project()).orRaise();
        this.cancellation = cancellation;
    }

    /// @return empty for a framework that Godwit's step runner carries out
    public static Optional<FrameworkCommands> of(Framework framework, Project project, Cancellation cancellation) {
        requireNonNull(cancellation);
        return framework instanceof OwnRunner runner
                ? Optional.of(new FrameworkCommands(framework, runner, ProjectCopy.of(project), cancellation))
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

    /// @return whether the framework has a command for the way down
    boolean hasDown() {
        return runner.hasDown();
    }

    /// @return the statements that take a migration's record back
    List<String> rowRemoved(Migration migration) {
        return runner.rowRemoved(copy.project(), migrations, migration);
    }

    /// Runs one migration in one direction by the framework's command.
    ///
    /// @param handler told of, and asked about, every statement
    /// @return what went wrong, by exit code or by what it printed; empty when nothing did
    public Optional<Problem> carryOut(
            DatabaseUrl database, Migration migration, Direction direction, StatementHandler handler) {
        try (Gateway gateway = Gateway.start(new Gateway.Options(database, LOOPBACK, 0), handler)) {
            OwnRunner.Place place = place(database, gateway);
            Invocation invocation = switch (direction) {
                case UP -> runner.up(place, migration);
                case DOWN -> runner.down(place, migration);
            };
            return runner.failure(Child.run(invocation, cancellation));
        }
    }

    /// @return the versions that the framework itself calls applied
    public Set<String> ownWord(DatabaseUrl database) {
        try (Gateway gateway = Gateway.start(new Gateway.Options(database, LOOPBACK, 0), StatementHandler.NONE)) {
            Invocation.Finished finished = Child.run(runner.status(place(database, gateway)), cancellation);
            return runner.appliedAccordingTo(migrations, finished);
        }
    }

    private OwnRunner.Place place(DatabaseUrl database, Gateway gateway) {
        return new OwnRunner.Place(
                copy.project(), migrations, database.through(gateway.host(), gateway.port()), copy.scratch());
    }

    @Override
    public void close() {
        copy.close();
    }
}
