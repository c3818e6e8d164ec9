package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The backfills that are no migrations: `godwit/backfills/NAME.sql`, a statement each, run when somebody says so.
public record BackfillFiles(Path root) {
    /// How the ledger calls one, so that it is never taken for a migration.
    public static final String PREFIX = "backfill:";

    private static final String FOLDER = "godwit/backfills";
    private static final String SUFFIX = ".sql";

    public BackfillFiles {
        requireNonNull(root);
    }

    /// @return their names, sorted; none when there is no such folder
    public List<String> names() {
        Path folder = root.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Problem.usage("the folder cannot be read: " + Reasons.of(e))
                    .at(FOLDER)
                    .raise();
        }
    }

    /// @param wanted the name, with or without [#PREFIX]; or the file
    /// @return as a migration that has no version and no down, its id [#PREFIX] and the name
    public Migration find(String wanted) {
        String name = name(wanted);
        if (!names().contains(name)) {
            throw unknown(wanted).raise();
        }
        String place = FOLDER + "/" + name + SUFFIX;
        Path file = root.resolve(place);
        Script script = new Script(file, SourceReader.read(file, place));
        return new Migration(PREFIX + name, "", script.with(TransactionMode.NEVER), Optional.empty());
    }

    private static String name(String wanted) {
        String file = wanted.endsWith(SUFFIX) ? wanted.substring(0, wanted.length() - SUFFIX.length()) : wanted;
        String bare = file.startsWith(PREFIX) ? file.substring(PREFIX.length()) : file;
        return bare.startsWith(FOLDER + "/") ? bare.substring(FOLDER.length() + 1) : bare;
    }

    private Problem unknown(String wanted) {
        List<String> names = names();
        return Problem.usage("there is no backfill " + wanted)
                .at(FOLDER)
                .leaving("nothing was changed")
                .remedy(
                        names.isEmpty()
                                ? "write its UPDATE, DELETE or INSERT … SELECT to " + FOLDER + "/NAME" + SUFFIX
                                : Nearest.of(name(wanted), names)
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse("there are " + String.join(", ", names)));
    }
}
