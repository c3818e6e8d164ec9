package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `config/database.yml` says that decides how a connection is overridden. It is a template of Ruby, so it is read
/// line by line and not as YAML.
///
/// `DATABASE_URL` is laid over host, port and so on, but a `url:` in the file comes before it. Source:
/// `ActiveRecord::DatabaseConfigurations#merge_db_environment_variables`, and `RealRailsTest`.
record RailsDatabaseYml(String name, List<Line> lines) {
    /// @param environment `development`, or the name of what environments share
    record Line(int number, String environment, String text) {}

    private static final Pattern VARIABLE = Pattern.compile("ENV(?:\\.fetch)?[\\[(][ ]*['\"](\\w+)['\"]");
    private static final Pattern URL = Pattern.compile("^[ \\t]+url:.*");
    private static final Pattern DATABASE = Pattern.compile("[ \\t]+(\\w+):[ \\t]*(?:&\\w+[ \\t]*)?");
    private static final Pattern KNOWN = Pattern.compile("development|test|staging|production");

    RailsDatabaseYml {
        lines = List.copyOf(lines);
    }

    static RailsDatabaseYml of(Project project) {
        Path file = project.root().resolve("config/database.yml");
        String name = project.display(file);
        if (!Files.isRegularFile(file)) {
            return new RailsDatabaseYml(name, List.of());
        }
        List<Line> lines = new ArrayList<>();
        String environment = "";
        int number = 0;
        for (String text : SourceReader.read(file, name).content().lines().toList()) {
            number++;
            boolean top = text.matches("\\w+:.*");
            environment = top ? text.replaceFirst(":.*", "") : environment;
            if (!text.strip().startsWith("#")) {
                lines.add(new Line(number, environment, text));
            }
        }
        return new RailsDatabaseYml(name, lines);
    }

    /// @return the variables of the environment that the file takes a URL from
    List<String> urlVariables() {
        return lines.stream()
                .filter(line -> URL.matcher(line.text).matches())
                .flatMap(line -> VARIABLE.matcher(line.text).results().map(result -> result.group(1)))
                .distinct()
                .toList();
    }

    /// @return why the command would connect elsewhere
    Optional<Problem> fixedUrl(String environment) {
        return lines.stream()
                .filter(line -> URL.matcher(line.text).matches())
                .filter(line -> !VARIABLE.matcher(line.text).find())
                .filter(line -> line.environment.equals(environment)
                        || !KNOWN.matcher(line.environment).matches())
                .findFirst()
                .map(line -> Problem.usage(
                                "a url: in the file comes before DATABASE_URL, so Godwit cannot point Rails at"
                                        + " its gateway")
                        .at(name + ":" + line.number)
                        .remedy("write host:, database: and so on in its place, or url: <%= ENV[\"DATABASE_URL\"] %>"));
    }

    /// @return the names of the environment's databases where it has several
    List<String> databases(String environment) {
        return lines.stream()
                .filter(line -> line.environment.equals(environment))
                .map(line -> DATABASE.matcher(line.text))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /// @return `:primary` where the environment has several databases, whose tasks have names of their own
    String taskSuffix(String environment) {
        return databases(environment).contains("primary") ? ":primary" : "";
    }

    /// The scheme of a URL is Rails' name of an adapter, and PostGIS has one of its own.
    String scheme() {
        return lines.stream()
                .flatMap(line -> Pattern.compile("\\badapter:[ ]*['\"]?(\\w+)")
                        .matcher(line.text)
                        .results())
                .map((MatchResult result) -> result.group(1))
                .filter(adapter -> adapter.equals("postgis"))
                .findFirst()
                .orElse("postgresql");
    }
}
