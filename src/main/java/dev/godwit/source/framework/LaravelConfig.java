package dev.godwit.source.framework;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.Problem;
import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import dev.godwit.text.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `config/database.php` says that decides where the command connects and where Laravel records.
///
/// @param text without comments; empty when there is no such file (Laravel 11 has the framework's own then)
record LaravelConfig(String name, String text) {
    /// A text, or since Laravel 11 an array with the name in it.
    private static final Pattern TABLE =
            Pattern.compile("['\"]migrations['\"]\\s*=>\\s*(?:\\[\\s*['\"]table['\"]\\s*=>\\s*)?['\"](\\w+)['\"]");

    private static final Pattern DEFAULT = Pattern.compile(
            "['\"]default['\"]\\s*=>\\s*(?:env\\(\\s*['\"]DB_CONNECTION['\"]\\s*,\\s*)?['\"](\\w+)['\"]");
    private static final Pattern NAMED =
            Pattern.compile("(?:(?:Schema|DB)::connection\\(\\s*|\\$connection\\s*=\\s*)['\"]([\\w.-]+)['\"]");

    private static final List<String> CONNECTION = List.of("DATABASE_URL", "DB_URL", "DB_HOST");

    static LaravelConfig of(Project project) {
        Path file = project.root().resolve("config/database.php");
        String name = project.display(file);
        String text = Files.isRegularFile(file)
                ? CodeMask.PHP.withoutComments(SourceReader.read(file, name).content())
                : "";
        return new LaravelConfig(name, text);
    }

    QualifiedName table(Project project) {
        Matcher matcher = TABLE.matcher(text);
        return project.versionTable()
                .orElseGet(() -> QualifiedName.inPublic(matcher.find() ? matcher.group(1) : "migrations"));
    }

    /// @param migration its text
    /// @return why this migration would work on another database than the one that Godwit leads Laravel to
    Optional<Problem> otherConnection(SourceText migration) {
        Matcher named = NAMED.matcher(CodeMask.PHP.withoutComments(migration.content()));
        while (named.find()) {
            String connection = named.group(1);
            if (!connection.equals("pgsql") && !connection.equals(defaultConnection())) {
                return Optional.of(Problem.usage("it works on the connection " + connection
                                + ", which Godwit does not stand in front of")
                        .at(migration.name())
                        .leaving("nothing was begun")
                        .remedy("make it a migration of a project of that database, or take the name away"));
            }
        }
        return Optional.empty();
    }

    private String defaultConnection() {
        Matcher matcher = DEFAULT.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /// @return why the command would connect elsewhere
    Optional<Problem> fixedConnection() {
        boolean reads = text.isEmpty() || CONNECTION.stream().anyMatch(text::contains);
        return reads
                ? Optional.empty()
                : Optional.of(
                        Problem.usage("the connection is written out, so Godwit cannot point Laravel at its gateway")
                                .at(name)
                                .remedy("let the pgsql connection read it: 'url' => env('DATABASE_URL')"));
    }
}
