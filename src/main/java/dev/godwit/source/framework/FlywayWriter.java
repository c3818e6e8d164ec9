package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.NewName;
import dev.godwit.source.TransactionMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A new migration as Flyway's files: `V…` with its `U…`, and a settings file beside one that wants no transaction and
/// where Flyway would not see that by itself.
final class FlywayWriter {
    private final FlywayConfig config;
    private final List<FlywayListing.Entry> existing;

    FlywayWriter(FlywayConfig config) {
        this.config = config;
        this.existing = new FlywayListing(config)
                .entries().stream()
                        .filter(entry -> entry.name().kind() != FlywayName.Kind.REPEATABLE)
                        .sorted((a, b) -> FlywayName.ORDER.compare(
                                a.name().version(), b.name().version()))
                        .toList();
    }

    List<NewFile> write(NewMigration request) {
        String name = NewName.snakeCase(request.name());
        String stem = version(request.now()) + config.separator() + name + config.suffix();
        Path folder = folder();
        List<NewFile> files = new ArrayList<>();
        add(files, folder.resolve(config.versionedPrefix() + stem), up(request), request);
        add(files, folder.resolve(config.undoPrefix() + stem), down(request), request);
        return files;
    }

    /// Flyway finds CONCURRENTLY and its like by itself.
    private static void add(List<NewFile> files, Path file, String sql, NewMigration request) {
        files.add(new NewFile(file, sql));
        if (request.transactionMode() == TransactionMode.NEVER && !NoTransaction.wantedBy(sql)) {
            files.add(new NewFile(file.resolveSibling(file.getFileName() + ".conf"), "executeInTransaction=false\n"));
        }
    }

    /// Beside the newest, else in the first location that is a folder of files.
    private Path folder() {
        return existing.stream()
                .filter(entry -> config.stem(entry.path().toString()).isPresent())
                .reduce((_, last) -> last)
                .map(entry -> entry.path().resolveSibling(""))
                .or(() -> config.directories().stream().findFirst())
                .orElseGet(this::configured);
    }

    private Path configured() {
        String location = config.locations().stream()
                .findFirst()
                .orElseThrow(() -> Problem.usage("Flyway's settings name no location")
                        .remedy("name one: flyway.locations = filesystem:sql")
                        .raise());
        Path root = config.project().root();
        return location.startsWith("classpath:") || !location.contains(":")
                ? root.resolve("src/main/resources").resolve(location.replace("classpath:", ""))
                : root.resolve(location.substring(location.indexOf(':') + 1));
    }

    /// The project's own custom goes on: seconds of UTC where the newest is one, else the last number plus one.
    private String version(Instant now) {
        Optional<String> newest = existing.stream()
                .reduce((_, last) -> last)
                .map(entry -> entry.name().version());
        if (newest.isEmpty()) {
            return "1";
        }
        int dot = newest.get().lastIndexOf('.');
        FileName last = new FileName(newest.get().substring(dot + 1), "", Optional.empty());
        return newest.get().substring(0, dot + 1) + new NextVersion(List.of(last)).at(now);
    }

    private static String up(NewMigration request) {
        return request.up().map(FlywayWriter::body).orElse("-- Write here what the migration does.\n");
    }

    private static String down(NewMigration request) {
        return request.down().map(FlywayWriter::body).orElse("""
                -- Write here what undoes the migration; Godwit runs it, with or without Flyway's paid edition.
                -- When there is nothing to undo, put this one line in place of these three, with your reason:
                --     -- godwit:no-op REASON
                """);
    }

    private static String body(String sql) {
        return sql.replace("\r\n", "\n").strip() + "\n";
    }
}
