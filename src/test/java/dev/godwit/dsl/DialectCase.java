package dev.godwit.dsl;

import dev.godwit.plan.Inverse;
import dev.godwit.plan.Parts;
import dev.godwit.source.NewMigration;
import dev.godwit.source.Project;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// SQL that somebody gives to `godwit new`. `dialect-cases/NAME.sql`; its undo is derived, or stands in
/// `NAME.down.sql`.
public record DialectCase(String name, String up, Optional<String> down) {
    private static final Path FOLDER = Path.of("src/test/resources");

    /// @return in the order in which they are applied
    public static List<DialectCase> all() {
        return of(FOLDER.resolve("dialect-cases"));
    }

    public static List<DialectCase> of(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .filter(file -> !file.toString().endsWith(".down.sql"))
                    .sorted()
                    .map(DialectCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return what both sides of a comparison begin with
    public static String setup() {
        return text(FOLDER.resolve("dialect-setup.sql"));
    }

    private static DialectCase read(Path file) {
        String name = file.getFileName().toString().replace(".sql", "");
        Path down = file.resolveSibling(name + ".down.sql");
        return new DialectCase(name, text(file), Files.exists(down) ? Optional.of(text(down)) : Optional.empty());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /// @return the same under the name that a person types
    public DialectCase in(String typed) {
        return new DialectCase(typed, up, down);
    }

    /// @return as `godwit new` would ask for it, one for each part
    public List<NewMigration> requests(Project project, String framework) {
        Dialect dialect = ServiceLoader.load(Dialect.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.framework().equals(framework))
                .findFirst()
                .orElseThrow();
        List<NewMigration> requests = new ArrayList<>();
        for (Parts.Part part : Parts.of(parsed(up))) {
            ParsedScript script = parsed(part.sql());
            Optional<String> undo = down.or(() -> Inverse.of(script).sql());
            requests.add(new NewMigration(
                    name,
                    Optional.of(part.sql()),
                    undo,
                    part.mode(),
                    Instant.parse("2026-11-23T04:30:00Z"),
                    Optional.of(dialect.write(project, script, undo.map(DialectCase::parsed), part.mode()))));
        }
        return requests;
    }

    private static ParsedScript parsed(String sql) {
        return Scripts.parse(new SourceText("case", sql));
    }
}
