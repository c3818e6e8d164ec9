package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Endpoint;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.OwnRunner.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The command lines of Laravel: the project's `artisan`.
record LaravelCommand(Place place, LaravelConfig config) {
    /// More than any project has. `migrate:rollback` goes back through that many rows, newest batch first, and undoes
    /// those whose files `--path` names: one. With fewer, one that was applied out of order would not be reached.
    private static final String EVERY_ROW = "--step=100000";

    /// Symfony's console breaks an error's text at the edge of the terminal that it believes to be there.
    private static final String WIDTH = "5000";

    private static final List<String> CACHES = List.of("CONFIG", "SERVICES", "PACKAGES", "ROUTES", "EVENTS");

    static LaravelCommand of(Place place) {
        return new LaravelCommand(place, LaravelConfig.of(place.project()));
    }

    Invocation up(Migration migration) {
        refuseOtherConnection(migration);
        List<String> arguments = new ArrayList<>(List.of("migrate", "--force", "--step"));
        arguments.addAll(path(migration));
        return artisan(arguments);
    }

    /// Laravel takes the row of a migration without `down()` away, undoes nothing, and ends with 0.
    Invocation down(Migration migration) {
        migration.downMissing().ifPresent(problem -> {
            throw problem.raise();
        });
        refuseOtherConnection(migration);
        List<String> arguments = new ArrayList<>(List.of("migrate:rollback", "--force", EVERY_ROW));
        arguments.addAll(path(migration));
        return artisan(arguments);
    }

    private void refuseOtherConnection(Migration migration) {
        config.otherConnection(migration.up().text()).ifPresent(problem -> {
            throw problem.raise();
        });
    }

    Invocation status() {
        List<String> arguments = new ArrayList<>(List.of("migrate:status"));
        place.project()
                .directory()
                .ifPresent(directories -> List.of(directories.split(","))
                        .forEach(directory -> arguments.add("--path=" + directory.strip())));
        return artisan(arguments);
    }

    private List<String> path(Migration migration) {
        Path root = place.project().root().toAbsolutePath().normalize();
        Path file = migration.file().toAbsolutePath().normalize();
        return file.startsWith(root)
                ? List.of("--path=" + root.relativize(file).toString().replace('\\', '/'))
                : List.of("--realpath", "--path=" + file);
    }

    private Invocation artisan(List<String> arguments) {
        config.fixedConnection().ifPresent(problem -> {
            throw problem.raise();
        });
        Path root = place.project().root();
        if (!root.resolve("artisan").toFile().isFile()) {
            throw Problem.usage("the project has no artisan, so its migrations cannot be run")
                    .at(root.toString())
                    .remedy("bring the file back, or start Godwit in the directory that holds it")
                    .raise();
        }
        List<String> command = new ArrayList<>(List.of("php", "artisan"));
        command.addAll(arguments);
        command.addAll(List.of("--no-interaction", "--no-ansi"));
        return new Invocation(command, root, environment());
    }

    /// Real variables come before `.env`, but not before a cached configuration: caches are looked for elsewhere. Both
    /// names of the URL are set, so that neither comes from `.env`.
    private Map<String, String> environment() {
        Endpoint endpoint = place.endpoint();
        String url = endpoint.secretUrl("postgresql") + "?sslmode=disable";
        Map<String, String> environment = new LinkedHashMap<>(LibpqVariables.of(endpoint));
        environment.put("PGSSLMODE", "disable");
        environment.put("DB_HOST", endpoint.host());
        environment.put("DB_PORT", String.valueOf(endpoint.port()));
        environment.put("DB_DATABASE", endpoint.database());
        environment.put("DB_USERNAME", endpoint.user());
        endpoint.password().ifPresent(password -> environment.put("DB_PASSWORD", password));
        environment.put("DB_SSLMODE", "disable");
        environment.put("DATABASE_URL", url);
        environment.put("DB_URL", url);
        CACHES.forEach(cache -> environment.put("APP_" + cache + "_CACHE", scratch(cache + ".php")));
        environment.put("VIEW_COMPILED_PATH", place.scratch().toAbsolutePath().toString());
        environment.put("LOG_CHANNEL", "stderr");
        environment.put("COLUMNS", WIDTH);
        return environment;
    }

    private String scratch(String file) {
        return place.scratch()
                .resolve(file.toLowerCase(Locale.ROOT))
                .toAbsolutePath()
                .toString();
    }
}
