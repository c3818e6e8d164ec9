package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Whether the project's settings put something before the names of its tables.
public final class LaravelPrefix {
    private static final Pattern PREFIX = Pattern.compile(
            "'pgsql'\\s*=>\\s*\\[(?:[^\\[\\]]|\\[[^\\]]*])*?'prefix'\\s*=>\\s*(?!''|\"\")\\S", Pattern.DOTALL);

    private LaravelPrefix() {}

    public static boolean isEmpty(Project project) {
        Path file = project.root().resolve("config/database.php");
        try {
            return !Files.isRegularFile(file)
                    || !PREFIX.matcher(SourceReader.read(file, project.display(file))
                                    .content())
                            .find();
        } catch (GodwitException _) {
            return false;
        }
    }
}
