package dev.godwit.source.framework;

import dev.godwit.source.Endpoint;
import dev.godwit.source.Invocation;
import dev.godwit.source.OwnRunner.Place;
import dev.godwit.source.SourceReader;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Alembic's command with the connection of Godwit's choosing, and no file of the project touched.
///
/// Three ways lead there, each for what the other misses: a copy of the project's ini with another `sqlalchemy.url`;
/// the
/// variables that libpq and `env.py` read; and an `env.py` in front of the project's own, which changes the address of
/// every connection that SQLAlchemy opens, wherever the project's code got it from.
record AlembicCommand(AlembicProject alembic, Place place) {
    private static final String POSTGRES = "postgresql";
    private static final Pattern VARIABLE =
            Pattern.compile("(?:environ(?:\\.get)?\\s*[\\[(]|getenv\\s*\\()\\s*[\"']([A-Za-z_][A-Za-z0-9_]*)[\"']");

    /// Loaded from the jar, so that it is a Python file for those who read and test it.
    private static final String WRAPPER = PythonResource.text("alembic_env.py");

    Invocation run(String... arguments) {
        Path ini = place.scratch().resolve("alembic.ini");
        PrivateFile.write(ini, alembic.text().with(AlembicProject.SECTION, settings(), alembic.here()));
        PrivateFile.write(scripts().resolve("env.py"), WRAPPER);
        List<String> command = new ArrayList<>(List.of(
                new PythonPrograms(place.project().root()).program("alembic"),
                "-c",
                ini.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return new Invocation(command, place.project().root().toAbsolutePath(), environment());
    }

    private Path scripts() {
        return place.scratch().resolve("alembic").toAbsolutePath();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("script_location", scripts().toString());
        settings.put(
                "version_locations",
                alembic.versions().stream()
                        .map(dir -> dir.toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)));
        settings.put("version_path_separator", "os");
        settings.put("path_separator", "os");
        settings.put("sqlalchemy.url", url());
        return settings;
    }

    /// Without the password, which the environment has.
    private String url() {
        Endpoint endpoint = place.endpoint();
        return new Endpoint(endpoint.host(), endpoint.port(), endpoint.database(), endpoint.user(), Optional.empty())
                .secretUrl(scheme());
    }

    /// @return `postgresql`, with the driver that the project names
    private String scheme() {
        return alembic.option("sqlalchemy.url")
                .map(url -> url.replaceFirst("://.*", ""))
                .filter(scheme -> scheme.startsWith(POSTGRES + "+"))
                .orElse(POSTGRES);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(LibpqVariables.of(place.endpoint()));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PYTHONIOENCODING", "utf-8");
        environment.put(
                "GODWIT_ENV_PY",
                alembic.scripts().resolve("env.py").toAbsolutePath().toString());
        environment.put("DATABASE_URL", place.endpoint().secretUrl(scheme()));
        urlVariables().forEach(name -> environment.put(name, place.endpoint().secretUrl(scheme())));
        return environment;
    }

    /// @return what `env.py` reads from the environment as an address
    private Set<String> urlVariables() {
        Path file = alembic.scripts().resolve("env.py");
        if (!file.toFile().isFile()) {
            return Set.of();
        }
        String text = SourceReader.read(file, place.project().display(file)).content();
        return VARIABLE.matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(name -> name.matches("(?i).*(URL|URI|DSN)"))
                .collect(Collectors.toSet());
    }

    /// Where to go so that just this revision is undone: to what it comes after, along its own branch where others
    /// begin at the same place.
    static String below(AlembicGraph graph, String revision) {
        List<String> down = graph.known(revision).downRevisions();
        if (down.isEmpty()) {
            return graph.bases().size() == 1 ? "base" : revision + "@base";
        }
        String parent = down.stream()
                .filter(one -> down.stream().noneMatch(other -> graph.descends(other, one)))
                .findFirst()
                .orElseThrow();
        return graph.children(parent).size() == 1 ? parent : revision + "@" + parent;
    }
}
