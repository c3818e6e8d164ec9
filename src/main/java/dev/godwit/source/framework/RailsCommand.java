package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.OwnRunner.Place;
import dev.godwit.text.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The command lines of Rails: `bin/rails`, or Rake where a project has ActiveRecord without Rails.
record RailsCommand(Place place, RailsDatabaseYml database, String railsEnvironment) {
    private static final Pattern CONNECTS =
            Pattern.compile("(?m)^[^#\\n]*\\b(establish_connection|connects_to|connected_to)\\b");

    static RailsCommand of(Place place) {
        Map<String, String> variables = System.getenv();
        String environment = variables.getOrDefault("RAILS_ENV", variables.getOrDefault("RACK_ENV", "development"));
        return new RailsCommand(place, RailsDatabaseYml.of(place.project()), environment);
    }

    /// Unlike `db:migrate VERSION=`, this runs the one, whatever is pending before it.
    Invocation up(Migration migration) {
        refuseOtherConnection(migration);
        return task("db:migrate:up", "VERSION=" + migration.version());
    }

    Invocation down(Migration migration) {
        refuseOtherConnection(migration);
        return task("db:migrate:down", "VERSION=" + migration.version());
    }

    private static void refuseOtherConnection(Migration migration) {
        SourceText text = migration.up().text();
        Matcher connects = CONNECTS.matcher(text.content());
        if (connects.find()) {
            throw Problem.usage("it opens a connection of its own, which Godwit does not stand in front of")
                    .at(text.name() + ":" + text.position(connects.start(1)).line())
                    .leaving("nothing was begun")
                    .remedy("make it a migration of that database's own, or take " + connects.group(1) + " away")
                    .raise();
        }
    }

    Invocation status() {
        return task("db:migrate:status");
    }

    private Invocation task(String name, String... arguments) {
        database.fixedUrl(railsEnvironment).ifPresent(problem -> {
            throw problem.raise();
        });
        List<String> command = new ArrayList<>(program());
        command.add(name + database.taskSuffix(railsEnvironment));
        command.addAll(List.of(arguments));
        return new Invocation(command, place.project().root(), environment());
    }

    private List<String> program() {
        Path root = place.project().root().toAbsolutePath();
        Path rails = root.resolve("bin/rails");
        if (Files.isRegularFile(rails)) {
            return Files.isExecutable(rails) ? List.of(rails.toString()) : List.of("ruby", rails.toString());
        }
        if (Files.isRegularFile(root.resolve("Rakefile"))) {
            return List.of("bundle", "exec", "rake");
        }
        throw Problem.usage("the project has neither bin/rails nor a Rakefile, so its migrations cannot be run")
                .at(root.toString())
                .remedy("write it again: bundle exec rails app:update:bin")
                .raise();
    }

    /// Spring keeps a server with the environment that it was started with; the schema dump and Bootsnap's
    /// cache would be written into the project. The cache lies beside the copy, where the next command finds it.
    /// The dump reads every database of the project, so all are this one.
    private Map<String, String> environment() {
        String url = place.endpoint().secretUrl(database.scheme()) + "?sslmode=disable";
        Map<String, String> environment = new LinkedHashMap<>(LibpqVariables.of(place.endpoint()));
        environment.put("PGSSLMODE", "disable");
        database.urlVariables().forEach(name -> environment.put(name, url));
        database.databases(railsEnvironment)
                .forEach(name -> environment.put(name.toUpperCase(Locale.ROOT) + "_DATABASE_URL", url));
        environment.put("DATABASE_URL", url);
        environment.put("PRIMARY_DATABASE_URL", url);
        environment.put("SCHEMA", place.scratch().resolve("schema.rb").toString());
        environment.put(
                "BOOTSNAP_CACHE_DIR", place.scratch().resolveSibling("bootsnap").toString());
        environment.put("DISABLE_SPRING", "1");
        environment.put("VERBOSE", "true");
        return environment;
    }
}
