package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.source.CodeBody;
import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.NewName;
import dev.godwit.source.NewSections;
import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import dev.godwit.source.SqlPiece;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A new Laravel migration in the form of the project's newest: a class with or without a name, with or without types.
final class LaravelWriter {
    private static final Pattern STAMP = Pattern.compile("([0-9]{4})_([0-9]{2})_([0-9]{2})_([0-9]{6})_.*");

    private final Path directory;
    private final List<Path> existing;
    private final Optional<LaravelText> newest;

    LaravelWriter(Project project) {
        LaravelListing listing = new LaravelListing(project);
        this.directory = listing.directories().getFirst();
        this.existing = listing.files();
        this.newest = existing.reversed().stream()
                .flatMap(file -> text(project, file).stream())
                .filter(LaravelText::hasUp)
                .findFirst();
    }

    /// A file that cannot be read is told about by the listing, and is no example here.
    private static Optional<LaravelText> text(Project project, Path file) {
        try {
            return Optional.of(LaravelText.of(
                    SourceReader.read(file, project.display(file)).content()));
        } catch (GodwitException _) {
            return Optional.empty();
        }
    }

    List<NewFile> write(NewMigration request) {
        NewMigration split = NewSections.split(request);
        String version = stamp(split.now()) + "_" + NewName.snakeCase(split.name());
        return List.of(new NewFile(directory.resolve(version + ".php"), text(version, split)));
    }

    private String stamp(Instant now) {
        List<FileName> names = existing.stream()
                .map(LaravelListing::version)
                .map(STAMP::matcher)
                .filter(Matcher::matches)
                .map(m -> new FileName(m.group(1) + m.group(2) + m.group(3) + m.group(4), "", Optional.empty()))
                .toList();
        return new NextVersion(names).at(now).replaceFirst("(....)(..)(..)(.*)", "$1_$2_$3_$4");
    }

    private String text(String version, NewMigration request) {
        List<SqlPiece> up = request.up().map(SqlPiece::of).orElse(List.of());
        List<SqlPiece> down = request.down().map(SqlPiece::of).orElse(List.of());
        boolean named = newest.filter(text -> !text.isAnonymous()).isPresent();
        String end = newest.filter(LaravelText::saysVoid).isPresent() ? ": void\n    {\n" : "\n    {\n";
        Optional<CodeBody> code = request.body();
        String upLines = code.map(body -> code(body.up())).orElseGet(() -> body(up));
        String downLines = code.flatMap(CodeBody::down).map(LaravelWriter::code).orElseGet(() -> body(down));
        return "<?php\n\n" + imports(code) + "\n"
                + (named ? "class " + LaravelListing.className(version) : "return new class")
                + " extends Migration\n{\n"
                + (alone(request, up, down) ? "    public $withinTransaction = false;\n\n" : "")
                + "    public function up()" + end
                + (upLines.isEmpty() ? "        // Write here what the migration does.\n" : upLines) + "    }\n\n"
                + "    public function down()" + end + (downLines.isEmpty() ? noDown(request) : downLines) + "    }\n"
                + (named ? "}\n" : "};\n");
    }

    private static String imports(Optional<CodeBody> code) {
        Set<String> names = new TreeSet<>(Set.of("use Illuminate\\Database\\Migrations\\Migration;"));
        names.addAll(code.map(CodeBody::imports).orElse(List.of("use Illuminate\\Support\\Facades\\DB;")));
        return String.join("\n", names) + "\n";
    }

    private static String code(List<String> lines) {
        return lines.stream()
                .map(line -> (line.isEmpty() ? "" : "        " + line) + "\n")
                .collect(Collectors.joining());
    }

    private static boolean alone(NewMigration request, List<SqlPiece> up, List<SqlPiece> down) {
        return switch (request.transactionMode()) {
            case NEVER -> true;
            case ALWAYS -> false;
            case AUTO ->
                up.stream().anyMatch(SqlPiece::refusesTransaction)
                        || down.stream().anyMatch(SqlPiece::refusesTransaction);
        };
    }

    private static String noDown(NewMigration request) {
        return request.down()
                .flatMap(sql -> sql.lines()
                        .map(String::strip)
                        .filter(l -> l.contains("godwit:no-op"))
                        .findFirst())
                .map(line -> "        // " + line + "\n")
                .orElse("        // Write here what undoes the up. Until then, godwit apply refuses.\n");
    }

    private static String body(List<SqlPiece> pieces) {
        return pieces.stream()
                .map(piece -> code(PhpNowdoc.statement(piece.text())))
                .collect(Collectors.joining("\n"));
    }
}
