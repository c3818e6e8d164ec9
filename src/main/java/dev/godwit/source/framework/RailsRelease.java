package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The release whose behaviour a project's migrations ask for, and what its settings do to names.
public final class RailsRelease {
    static final String CURRENT = "ActiveRecord::Migration.current_version";

    private static final Pattern LOCKED = Pattern.compile("(?m)^ +(?:activerecord|rails) \\(([0-9]+\\.[0-9]+)");

    private static final Pattern RENAMES =
            Pattern.compile("table_name_prefix|table_name_suffix|primary_key_prefix_type");

    private RailsRelease() {}

    /// @return what stands in `ActiveRecord::Migration[…]`: that of the newest migration, else the one in use
    public static String of(Project project) {
        return of(project, new RailsListing(project).files());
    }

    static String of(Project project, List<RailsFile> existing) {
        return existing.reversed().stream()
                .flatMap(file -> content(project, file.path())
                        .flatMap(text -> RailsText.of(text).version())
                        .stream())
                .findFirst()
                .or(() -> locked(
                        content(project, project.root().resolve("Gemfile.lock")).orElse("")))
                .orElse(CURRENT);
    }

    /// @return whether a migration's words mean here what they mean in Rails 6.1 and later
    public static boolean isUsual(Project project) {
        Matcher release = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})").matcher(of(project));
        boolean old = release.matches()
                && Integer.parseInt(release.group(1)) * 10_000 + Integer.parseInt(release.group(2)) < 6 * 10_000 + 1;
        String settings = content(project, project.root().resolve("config/application.rb"))
                .orElse("");
        return !old && !RENAMES.matcher(settings).find();
    }

    private static Optional<String> locked(String lock) {
        Matcher matcher = LOCKED.matcher(lock);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// A file that cannot be read is told about by the listing, and is no example here.
    private static Optional<String> content(Project project, Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(SourceReader.read(file, project.display(file)).content())
                    : Optional.empty();
        } catch (GodwitException _) {
            return Optional.empty();
        }
    }
}
