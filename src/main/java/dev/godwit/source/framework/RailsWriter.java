package dev.godwit.source.framework;

import dev.godwit.source.CodeBody;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.NewName;
import dev.godwit.source.NewSections;
import dev.godwit.source.Project;
import dev.godwit.source.SqlPiece;
import dev.godwit.source.TransactionMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A new Rails migration: `up` and `down`, one `execute` for each statement, because a text of several is one
/// transaction to the server.
final class RailsWriter {
    private final Project project;
    private final List<RailsFile> existing;
    private final Path directory;

    RailsWriter(Project project) {
        RailsListing listing = new RailsListing(project);
        this.project = project;
        this.existing = listing.files();
        this.directory = listing.directories().getFirst();
    }

    List<NewFile> write(NewMigration request) {
        NewMigration split = NewSections.split(request);
        String name = NewName.snakeCase(split.name());
        RailsFile file = new RailsFile(version(split), name, directory);
        return List.of(new NewFile(directory.resolve(file.version() + "_" + name + ".rb"), text(file, split)));
    }

    private String version(NewMigration request) {
        List<FileName> names = existing.stream()
                .map(file -> new FileName(leading(file), file.name(), Optional.empty()))
                .toList();
        return new NextVersion(names).at(request.now());
    }

    private static String leading(RailsFile file) {
        return String.valueOf(file.path().getFileName()).replaceFirst("_.*", "");
    }

    private String text(RailsFile file, NewMigration request) {
        List<SqlPiece> up = request.up().map(SqlPiece::of).orElse(List.of());
        List<SqlPiece> down = request.down().map(SqlPiece::of).orElse(List.of());
        boolean alone = request.transactionMode() == TransactionMode.NEVER
                || (request.transactionMode() == TransactionMode.AUTO
                        && (up.stream().anyMatch(SqlPiece::refusesTransaction)
                                || down.stream().anyMatch(SqlPiece::refusesTransaction)));
        String frame = "class %s < ActiveRecord::Migration[%s]\n"
                        .formatted(file.className(), RailsRelease.of(project, existing))
                + (alone ? "  disable_ddl_transaction!\n\n" : "");
        Optional<CodeBody> code = request.body();
        if (code.isPresent() && code.get().undoesItself()) {
            return frame + "  def change\n" + RailsWriter.code(code.get().up()) + "  end\nend\n";
        }
        String upLines = code.map(body -> RailsWriter.code(body.up())).orElseGet(() -> body(up));
        String downLines = code.flatMap(CodeBody::down).map(RailsWriter::code).orElseGet(() -> body(down));
        return frame
                + "  def up\n"
                + (upLines.isEmpty() ? "    # Write here what the migration does.\n" : upLines)
                + "  end\n\n  def down\n"
                + (downLines.isEmpty() ? noDown(request) : downLines)
                + "  end\nend\n";
    }

    private static String code(List<String> lines) {
        return lines.stream()
                .map(line -> (line.isEmpty() ? "" : "    " + line) + "\n")
                .collect(Collectors.joining());
    }

    private static String noDown(NewMigration request) {
        Optional<String> noOp = request.down()
                .flatMap(sql -> sql.lines()
                        .map(String::strip)
                        .filter(l -> l.contains("godwit:no-op"))
                        .findFirst());
        return noOp.map(line -> "    # " + line + "\n").orElse("""
                    # Write here what undoes the up. Until then, godwit apply refuses.
                    raise ActiveRecord::IrreversibleMigration
                """);
    }

    private static String body(List<SqlPiece> pieces) {
        return pieces.stream()
                .map(piece -> code(RubyHeredoc.execute(piece.text())))
                .collect(Collectors.joining("\n"));
    }
}
