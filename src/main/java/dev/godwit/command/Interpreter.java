package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.statement.Scripts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Learns what a framework's migrations say in SQL by letting the framework run them on a scratch database.
public final class Interpreter {
    private final FrameworkCommands commands;
    private final DatabaseUrl scratch;

    /// @param scratch a database in which everything before the first migration asked for is applied; nobody else's
    public Interpreter(FrameworkCommands commands, DatabaseUrl scratch) {
        this.commands = requireNonNull(commands);
        this.scratch = requireNonNull(scratch);
    }

    /// Runs up and down, so the migration is applied when this returns only if it has no down.
    ///
    /// @throws dev.godwit.problem.GodwitException when a command fails
    public SqlForm both(Migration migration) {
        Script up = hear(migration, Direction.UP, migration.up());
        Optional<Script> down = migration.down().map(script -> hear(migration, Direction.DOWN, script));
        return new SqlForm(migration, up, down);
    }

    /// Runs the up only.
    public SqlForm up(Migration migration) {
        return new SqlForm(migration, hear(migration, Direction.UP, migration.up()), Optional.empty());
    }

    /// Learns migrations that follow one another, each with everything before it applied.
    ///
    /// @param back whose downs are wanted as well
    /// @return by id
    /// @throws dev.godwit.problem.GodwitException when a command fails
    public Map<String, SqlForm> following(List<Migration> migrations, Predicate<Migration> back) {
        Map<String, SqlForm> forms = new HashMap<>();
        for (Migration migration : migrations) {
            SqlForm form = back.test(migration) ? both(migration) : up(migration);
            forms.put(migration.id(), form);
            if (form.down().isPresent() && !migration.equals(migrations.getLast())) {
                up(migration);
            }
        }
        return forms;
    }

    /// Of the newest that are applied: runs their downs and their ups again.
    ///
    /// @param migrations in the order of their ups
    /// @return by id
    /// @throws dev.godwit.problem.GodwitException also when one has no down
    public Map<String, SqlForm> undoing(List<Migration> migrations) {
        Map<String, Script> downs = new HashMap<>();
        for (Migration migration : migrations.reversed()) {
            Script down = migration
                    .down()
                    .orElseThrow(() -> migration.downMissing().orElseThrow().raise());
            downs.put(migration.id(), hear(migration, Direction.DOWN, down));
        }
        Map<String, SqlForm> forms = new HashMap<>();
        for (Migration migration : migrations) {
            Script up = hear(migration, Direction.UP, migration.up());
            forms.put(migration.id(), new SqlForm(migration, up, Optional.ofNullable(downs.get(migration.id()))));
        }
        return forms;
    }

    /// SQL that the server gets as it stands is run too, so that what does not run is known; its own text, with its
    /// comments, says more than what was heard of it.
    private Script hear(Migration migration, Direction direction, Script original) {
        if (direction == Direction.DOWN && !commands.hasDown()) {
            return undo(migration, original);
        }
        Listener listener = new Listener();
        commands.carryOut(scratch, migration, direction, listener).problem().ifPresent(problem -> {
            throw failed(problem, migration, direction).raise();
        });
        return original.language() == Script.Language.SQL
                ? original
                : HeardScript.of(original, listener.heard(), commands.ownTables());
    }

    /// A framework without a way down: its down is SQL, which Godwit sends itself.
    private Script undo(Migration migration, Script down) {
        try (Session session = Session.open(scratch, "godwit check")) {
            Scripts.parse(down.text()).statements().forEach(statement -> session.execute(statement.sql()));
            commands.rowRemoved(migration).forEach(session::execute);
            return down;
        } catch (DatabaseException e) {
            throw failed(e.problem(), migration, Direction.DOWN).raise();
        }
    }

    private static Problem failed(Problem problem, Migration migration, Direction direction) {
        String place = problem.where().isEmpty() ? migration.up().text().name() : problem.where();
        return problem.at(place)
                .leaving("it was only tried, " + direction.word()
                        + " on a scratch database; production was not touched");
    }
}
