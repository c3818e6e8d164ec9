package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.execute.Cancellation;
import dev.godwit.gateway.Gateway;
import dev.godwit.gateway.ServerMessage;
import dev.godwit.gateway.StatementHandler;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Endpoint;
import dev.godwit.source.Invocation;
import dev.godwit.source.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A command of the user's in a copy of the project, connected through a gateway to whichever database
/// it is for. The copy is made once and is gone when this is closed.
public final class ToolCommands implements AutoCloseable {
    private static final int SIGNALLED = 128;

    private final Tool tool;
    private final Place place;
    private final ProjectCopy copy;
    private final Cancellation cancellation;

    /// Where a command is called and who sees it.
    ///
    /// @param root of the project, which is copied
    /// @param directory in which the command was typed, the root or below it
    /// @param environment that it inherits
    /// @param limit after which it is ended
    /// @param output told of each line that it prints
    /// @param secrets what must not stand in those lines
    public record Place(
            Path root,
            Path directory,
            Map<String, String> environment,
            Optional<Duration> limit,
            Consumer<String> output,
            Secrets secrets) {
        public Place {
            environment = Map.copyOf(environment);
            requireNonNull(limit);
            requireNonNull(output);
            requireNonNull(secrets);
        }
    }

    private ToolCommands(Tool tool, Place place, ProjectCopy copy, Cancellation cancellation) {
        this.tool = tool;
        this.place = place;
        this.copy = copy;
        this.cancellation = cancellation;
    }

    public static ToolCommands of(Tool tool, Place place, Cancellation cancellation) {
        requireProject(place.root());
        return new ToolCommands(tool, place, ProjectCopy.of(Project.at(place.root())), cancellation);
    }

    private static void requireProject(Path root) {
        Path whole = root.toAbsolutePath().normalize();
        if (Set.of(Path.of("/"), Path.of(System.getProperty("user.home"))).contains(whole)) {
            throw Problem.usage("the command runs in a copy of the project, and this directory is none")
                    .at(whole.toString())
                    .leaving("nothing was run")
                    .remedy("go to the project's directory")
                    .raise();
        }
    }

    public Tool tool() {
        return tool;
    }

    /// @return the command of one direction as it may be shown
    public String display(Direction direction) {
        return place.secrets().mask(words(direction));
    }

    private List<String> words(Direction direction) {
        return switch (direction) {
            case UP -> tool.up();
            case DOWN -> tool.down().orElseThrow();
        };
    }

    /// Runs one direction.
    ///
    /// @throws dev.godwit.problem.GodwitException when it fails, when it says that it did not and a
    ///     statement did, and when it connected to something else
    void carryOut(DatabaseUrl database, Direction direction, StatementHandler handler) {
        ToolRun run = new ToolRun(handler);
        try (Gateway gateway = Gateway.start(Gateway.Options.loopback(database), run)) {
            Endpoint endpoint = database.through(gateway.host(), gateway.port());
            Secrets secrets = new Secrets(endpoint.password().stream().toList());
            Attendance attendance = new Attendance(
                    place.limit(), line -> place.output().accept(place.secrets().mask(secrets.mask(line))));
            Invocation.Finished finished = Child.run(invocation(endpoint, direction), cancellation, attendance);
            problem(finished, run, direction).ifPresent(problem -> {
                throw problem.leaving("it ran on a database that was made for this")
                        .raise();
            });
        }
    }

    private Invocation invocation(Endpoint endpoint, Direction direction) {
        ToolEnvironment pointed = new ToolEnvironment(endpoint);
        Map<String, String> inherited = new HashMap<>(DotEnv.read(place.root()));
        inherited.putAll(place.environment());
        Map<String, String> environment = new HashMap<>(place.environment());
        environment.putAll(pointed.over(inherited));
        endpoint.password()
                .ifPresent(password -> environment.put(
                        "PGPASSFILE",
                        PasswordFile.write(copy.scratch(), endpoint).toString()));
        Path inside = place.root()
                .toAbsolutePath()
                .normalize()
                .relativize(place.directory().toAbsolutePath().normalize());
        Path directory = copy.project().root().resolve(inside);
        List<String> words = pointed.fill(words(direction)).stream()
                .map(word -> reachable(word, directory))
                .toList();
        return new Invocation(words, directory, environment);
    }

    /// What the copy leaves out (a build's output) is named where it is.
    private String reachable(String word, Path directory) {
        if (!word.contains("/") || word.indexOf('\0') >= 0 || Path.of(word).isAbsolute()) {
            return word;
        }
        Path original = place.directory().resolve(word);
        boolean leftOut = Files.exists(original) && !Files.exists(directory.resolve(word));
        return leftOut ? original.toAbsolutePath().normalize().toString() : word;
    }

    private Optional<Problem> problem(Invocation.Finished finished, ToolRun run, Direction direction) {
        String command = "the " + direction.word() + " command";
        if (finished.exitCode() != 0) {
            return Optional.of(Problem.database(command + ending(finished.exitCode()) + said(run.lastError()))
                    .at(display(direction))
                    .remedy("see its output above; mend the cause and rehearse again"));
        }
        if (run.connections() == 0) {
            return Optional.of(Problem.refused(
                            command + " ended without connecting to Godwit's gateway, so nothing is" + " known of it")
                    .at(display(direction))
                    .remedy("let it read DATABASE_URL or PGHOST and PGPORT, or give it the address: write {url}, {jdbc}"
                            + " or {host} and {port} where it stands; look where it connected to instead"));
        }
        return run.failure()
                .map(failure -> Problem.database(command + " ended with exit code 0, and a statement failed"
                                + said(Optional.of(failure)))
                        .at(display(direction))
                        .remedy("let it stop at the first error (psql -v ON_ERROR_STOP=1) and rehearse again"));
    }

    private static String ending(int exitCode) {
        return exitCode > SIGNALLED
                ? " was killed by signal " + (exitCode - SIGNALLED)
                : " ended with exit code " + exitCode;
    }

    private String said(Optional<ServerMessage> error) {
        return error.map(one ->
                        ": SQLSTATE " + one.sqlState() + ", " + place.secrets().mask(one.message()))
                .orElse("");
    }

    @Override
    public void close() {
        copy.close();
    }
}
