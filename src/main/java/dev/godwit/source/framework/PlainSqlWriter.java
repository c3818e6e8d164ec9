package dev.godwit.source.framework;

import dev.godwit.source.Direction;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.NewName;
import dev.godwit.source.NewSections;
import dev.godwit.source.TransactionMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A new plain SQL migration as files, in the form that the newest one of the folder has.
final class PlainSqlWriter {
    private final Path directory;
    private final List<FileName> existing;

    /// @param existing the valid names of the folder, sorted by version
    PlainSqlWriter(Path directory, List<FileName> existing) {
        this.directory = directory;
        this.existing = List.copyOf(existing);
    }

    List<NewFile> write(NewMigration request) {
        FileName name = new FileName(
                new NextVersion(existing).at(request.now()), NewName.snakeCase(request.name()), Optional.empty());
        NewMigration split = NewSections.split(request);
        boolean inOne = !existing.isEmpty() && existing.getLast().direction().isEmpty();
        return inOne ? List.of(single(name, split)) : pair(name, split);
    }

    private NewFile single(FileName name, NewMigration request) {
        return new NewFile(
                directory.resolve(name.file()),
                marker(Direction.UP, request) + up(request) + "\n" + marker(Direction.DOWN, request) + down(request));
    }

    private List<NewFile> pair(FileName name, NewMigration request) {
        String header = request.transactionMode() == TransactionMode.AUTO ? "" : marker(Direction.UP, request);
        String downHeader = request.transactionMode() == TransactionMode.AUTO ? "" : marker(Direction.DOWN, request);
        return List.of(
                new NewFile(path(name, Direction.UP), header + up(request)),
                new NewFile(path(name, Direction.DOWN), downHeader + down(request)));
    }

    private Path path(FileName name, Direction direction) {
        return directory.resolve(name.with(Optional.of(direction)).file());
    }

    private static String marker(Direction direction, NewMigration request) {
        String option = switch (request.transactionMode()) {
            case AUTO -> "";
            case ALWAYS -> " transaction:true";
            case NEVER -> " transaction:false";
        };
        return "-- migrate:" + direction.word() + option + "\n";
    }

    private static String up(NewMigration request) {
        return request.up().map(PlainSqlWriter::body).orElse("-- Write here what the migration does.\n");
    }

    private static String down(NewMigration request) {
        return request.down().map(PlainSqlWriter::body).orElse("""
                -- Write here what undoes the up. Until then, godwit apply refuses.
                -- When there is nothing to undo, put this one line in place of these three, with your reason:
                --     -- godwit:no-op REASON
                """);
    }

    private static String body(String sql) {
        return sql.replace("\r\n", "\n").strip() + "\n";
    }
}
