package dev.godwit.passage;

import static java.util.Objects.requireNonNull;

import dev.godwit.command.FrameworkCommands;
import dev.godwit.command.FrameworkRunner;
import dev.godwit.command.Interpreter;
import dev.godwit.command.ScratchDatabase;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Runner;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Framework;
import dev.godwit.source.Migration;
import dev.godwit.source.Pending;
import dev.godwit.source.Project;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What it takes to run a project's migrations: nothing but Godwit for SQL files, else the framework's commands in a
/// copy of the project, which is gone when this is closed.
public final class Workshop implements AutoCloseable {
    private static final int NEWEST_MAJOR = 18;

    private final Optional<FrameworkCommands> commands;

    private Workshop(Optional<FrameworkCommands> commands) {
        this.commands = commands;
    }

    public static Workshop open(Framework framework, Project project, Cancellation cancellation) {
        return new Workshop(FrameworkCommands.of(framework, project, cancellation));
    }

    public static Workshop open(Production production, Cancellation cancellation) {
        return open(production.framework(), production.project(), cancellation);
    }

    /// @param database the one that the runner's context leads to
    public Runner runner(DatabaseUrl database) {
        return commands.<Runner>map(own -> new FrameworkRunner(own, database)).orElse(Runner.STEPS);
    }

    /// What the framework itself says of a production.
    ///
    /// @param disagreements where its status and its version table differ, a line each
    /// @param alongside what is pending and no file of the project is, such as a library's: it runs along
    ///     with the first that depends on it
    public record OwnWord(List<String> disagreements, List<String> alongside) {
        private static final OwnWord NONE = new OwnWord(List.of(), List.of());
    }

    /// SQL files have no other word than the table's. A framework that has recorded nothing yet has none
    /// either, unless it takes others along.
    ///
    /// @param applied what the version table says
    public OwnWord ownWord(Production production, Set<String> applied) {
        if (commands.isEmpty() || (applied.isEmpty() && !commands.get().takesOthersAlong())) {
            return OwnWord.NONE;
        }
        FrameworkCommands.OwnWord word = commands.get().ownWord(production.url());
        List<String> disagreements = commands.get().migrations().migrations().stream()
                .filter(migration ->
                        word.applied().contains(migration.version()) != applied.contains(migration.version()))
                .map(migration ->
                        disagreement(production, migration, word.applied().contains(migration.version())))
                .toList();
        return new OwnWord(disagreements, word.alongside());
    }

    /// Before migrations are tried or run.
    ///
    /// @return what a person has to know of what runs besides; empty when nothing does
    public Optional<String> alongside(Production production) {
        List<String> others = commands.filter(FrameworkCommands::takesOthersAlong)
                .map(own -> own.ownWord(production.url()).alongside())
                .orElse(List.of());
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("pending too, and run along with the first that depends on them: "
                        + String.join(", ", others)
                        + "; they are no files of this project, and no rollback undoes them");
    }

    private static String disagreement(Production production, Migration migration, boolean said) {
        String title = production.framework().title();
        return title + " calls " + migration.id() + (said ? " applied" : " pending") + ", its version table "
                + (said ? "does not name it" : "names it");
    }

    /// What migrations say in SQL, learnt on a scratch database without rows: pending ones by running their ups, and
    /// their downs where the way back is asked for.
    ///
    /// @return one for each of the wanted
    public List<SqlForm> forms(Production production, Collection<Migration> wanted, Direction direction) {
        if (commands.isEmpty() || wanted.isEmpty()) {
            return wanted.stream().map(SqlForm::of).toList();
        }
        try (Session session = production.open();
                ScratchDatabase scratch = ScratchDatabase.like(
                        production.whole(session),
                        session,
                        production.versions().tables(),
                        production.tableLock())) {
            Set<String> applied = production.applied(session);
            refuseGaps(Pending.of(commands.get().migrations(), applied).pending(), wanted);
            return forms(new Interpreter(commands.get(), scratch.url()), applied, wanted, direction);
        }
    }

    /// The same for migrations that are to be run, and so were rehearsed: SQL that the server gets as it stands need
    /// not be tried again.
    public List<SqlForm> rehearsed(Production production, Collection<Migration> wanted, Direction direction) {
        if (wanted.stream().anyMatch(migration -> isCode(migration, direction))) {
            return forms(production, wanted, direction);
        }
        if (commands.isPresent()) {
            refuseGaps(production.pending().pending(), wanted);
        }
        return wanted.stream().map(SqlForm::of).toList();
    }

    private static boolean isCode(Migration migration, Direction direction) {
        Stream<Script> scripts = direction == Direction.UP
                ? Stream.of(migration.up())
                : Stream.concat(Stream.of(migration.up()), migration.down().stream());
        return scripts.anyMatch(script -> script.language() == Script.Language.CODE);
    }

    /// The same where no production is known: everything before the wanted ones is run first.
    public List<SqlForm> forms(Collection<Migration> wanted, Direction direction) {
        if (commands.isEmpty() || wanted.isEmpty()) {
            return wanted.stream().map(SqlForm::of).toList();
        }
        try (ScratchDatabase scratch = ScratchDatabase.empty(NEWEST_MAJOR)) {
            return forms(new Interpreter(commands.get(), scratch.url()), Set.of(), wanted, direction);
        }
    }

    private List<SqlForm> forms(
            Interpreter interpreter, Set<String> applied, Collection<Migration> wanted, Direction direction) {
        Set<String> ids = wanted.stream().map(Migration::id).collect(Collectors.toSet());
        Pending state = Pending.of(commands.orElseThrow().migrations(), applied);
        Map<String, SqlForm> found = new HashMap<>(interpreter.undoing(fromFirst(state.applied(), ids)));
        found.putAll(interpreter.following(
                toLast(state.pending(), ids),
                migration -> direction == Direction.DOWN && ids.contains(migration.id())));
        return wanted.stream()
                .map(migration -> requireNonNull(found.get(migration.id())).as(migration))
                .toList();
    }

    /// A framework's command takes what comes before along, or fails over its lack.
    private static void refuseGaps(List<Migration> pending, Collection<Migration> wanted) {
        Set<String> ids = wanted.stream().map(Migration::id).collect(Collectors.toSet());
        toLast(pending, ids).stream()
                .filter(migration -> !ids.contains(migration.id()))
                .findFirst()
                .ifPresent(first -> {
                    throw Problem.usage(first.id() + " comes first, and it is pending")
                            .at(first.up().text().name())
                            .leaving("nothing was begun")
                            .remedy("name it as well, in order, or name none for all that are pending")
                            .raise();
                });
    }

    private static List<Migration> fromFirst(List<Migration> applied, Set<String> ids) {
        return applied.stream()
                .dropWhile(migration -> !ids.contains(migration.id()))
                .toList();
    }

    private static List<Migration> toLast(List<Migration> pending, Set<String> ids) {
        return fromFirst(pending.reversed(), ids).reversed();
    }

    @Override
    public void close() {
        commands.ifPresent(FrameworkCommands::close);
    }
}
