package dev.godwit.source.framework;

import dev.godwit.source.NewFile;
import dev.godwit.source.NewMigration;
import dev.godwit.source.NewName;
import dev.godwit.source.TransactionMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A new changeset in the form of the project's newest: in a file of its own where the first changelog names files,
/// else
/// at the end of the one changelog.
final class LiquibaseWriter {
    private static final Pattern NUMBERED = Pattern.compile("[^0-9]*?([0-9]+)[-_.].*");

    private final LiquibaseConfig config;
    private final List<LiquibaseChangeSet> existing;
    private final List<String> files;

    LiquibaseWriter(LiquibaseConfig config) {
        LiquibaseListing listing = new LiquibaseListing(config);
        this.config = config;
        this.existing = listing.changeSets();
        this.files = listing.files();
    }

    List<NewFile> write(NewMigration request) {
        String name = NewName.snakeCase(request.name());
        if (files.isEmpty()) {
            return first(request, name);
        }
        Path master = config.resolve(files.getFirst()).orElseThrow();
        if (files.size() == 1 && !includesAll(read(master))) {
            return List.of(appended(master, read(master), request, name));
        }
        return ofItsOwn(master, request, name);
    }

    /// @return how the file is called that the next changeset is written into: `.xml`
    String ending() {
        if (files.isEmpty()) {
            return ".sql";
        }
        Path master = config.resolve(files.getFirst()).orElseThrow();
        if (files.size() == 1) {
            return includesAll(read(master)) ? ".sql" : ending(master);
        }
        return ending(config.resolve(files.getLast()).orElseThrow());
    }

    private List<NewFile> first(NewMigration request, String name) {
        Path root = config.project().root();
        String stem = version(request.now(), "") + "_" + name + ".sql";
        String yaml =
                "databaseChangeLog:\n  - includeAll:\n      path: changesets/\n      relativeToChangelogFile: true\n";
        Path folder = Files.isDirectory(root.resolve("src/main/resources"))
                ? root.resolve("src/main/resources/db/changelog")
                : root.resolve("db/changelog");
        return List.of(
                new NewFile(folder.resolve("db.changelog-master.yaml"), yaml),
                new NewFile(
                        folder.resolve("changesets").resolve(stem),
                        LiquibaseText.document(".sql", body(".sql", name, request))));
    }

    private static boolean includesAll(String changelog) {
        return changelog.contains("includeAll");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.')).toLowerCase(Locale.ROOT);
    }

    private List<NewFile> ofItsOwn(Path master, NewMigration request, String name) {
        Path newest = config.resolve(files.getLast()).orElseThrow();
        boolean beside = files.size() > 1;
        String ending = beside ? ending(newest) : ".sql";
        Path folder = beside ? newest.resolveSibling("") : included(master);
        String last = String.valueOf(newest.getFileName());
        String separator = NUMBERED.matcher(last).matches() && last.contains("-") && !last.contains("_") ? "-" : "_";
        String stem = version(request.now(), beside ? last : "") + separator + name.replace("_", separator);
        Path file = folder.resolve(stem + ending);
        String text = LiquibaseText.document(ending, body(ending, stem, request));
        List<NewFile> written = new ArrayList<>(List.of(new NewFile(file, text)));
        String first = read(master);
        if (!includesAll(first)) {
            written.add(NewFile.edit(master, first, including(master, first, file)));
        }
        return written;
    }

    private Path included(Path master) {
        Matcher path = Pattern.compile("includeAll\\b[^>]*?path\"?\\s*[=:]\\s*\"?([^\"\\s,}]+)", Pattern.DOTALL)
                .matcher(read(master));
        return path.find() ? master.resolveSibling(path.group(1)) : master.resolveSibling("");
    }

    /// The new line says the path as the line before it does.
    private static String including(Path master, String text, Path file) {
        Path folder = master.toAbsolutePath().resolveSibling("");
        boolean relative = text.matches("(?s).*relativeToChangelogFile\"?\\s*[=:]\\s*\"?true.*");
        String beside = folder.relativize(file.toAbsolutePath()).toString().replace('\\', '/');
        Matcher known = Pattern.compile("file\"?\\s*[=:]\\s*\"?([^\"\\s,}]+)").matcher(text);
        String prefix = "";
        while (known.find()) {
            int cut = known.group(1).lastIndexOf('/');
            prefix = cut < 0 ? "" : known.group(1).substring(0, cut + 1);
        }
        String named = relative ? beside : prefix + file.getFileName();
        return switch (ending(master)) {
            case ".xml" ->
                beforeEnd(
                        text,
                        "</databaseChangeLog>",
                        "    <include file=\"" + named + "\"" + (relative ? " relativeToChangelogFile=\"true\"" : "")
                                + "/>\n");
            case ".json" ->
                beforeEnd(
                        text,
                        "]",
                        ",{\"include\": {\"file\": \"" + named + "\""
                                + (relative ? ", \"relativeToChangelogFile\": true" : "") + "}}\n");
            default ->
                text.stripTrailing() + "\n" + indent(text) + "- include:\n" + indent(text) + "    file: " + named + "\n"
                        + (relative ? indent(text) + "    relativeToChangelogFile: true\n" : "");
        };
    }

    /// YAML's list may stand in any column.
    private static String indent(String yaml) {
        Matcher item = Pattern.compile("(?m)^( *)- ").matcher(yaml);
        return item.find() ? item.group(1) : "  ";
    }

    private static String beforeEnd(String text, String end, String added) {
        int cut = text.lastIndexOf(end);
        String before = cut < 0 ? text : text.substring(0, cut);
        String after = cut < 0 ? "" : text.substring(cut);
        return before.stripTrailing() + "\n" + added + after;
    }

    private NewFile appended(Path file, String before, NewMigration request, String name) {
        String ending = ending(file);
        String body = body(ending, nextId(name, request.now()), request);
        String after = switch (ending) {
            case ".xml" -> beforeEnd(before, "</databaseChangeLog>", "\n" + body);
            case ".json" -> beforeEnd(before, "]", (existing.isEmpty() ? "" : ",") + body);
            case ".sql" -> before.stripTrailing() + "\n\n" + body;
            default ->
                before.stripTrailing() + "\n" + body.indent(indent(before).length() - 2);
        };
        return NewFile.edit(file, before, after);
    }

    /// In one file the ids go on counting where they count.
    private String nextId(String name, Instant now) {
        Optional<String> last = existing.isEmpty()
                ? Optional.empty()
                : Optional.of(existing.getLast().id());
        return last.filter(id -> id.matches("[0-9]+"))
                .map(id -> version(now, id + "_"))
                .orElse(name);
    }

    private static String version(Instant now, String last) {
        Matcher numbered = NUMBERED.matcher(last);
        List<FileName> known =
                numbered.matches() ? List.of(new FileName(numbered.group(1), "", Optional.empty())) : List.of();
        return new NextVersion(known).at(now);
    }

    private String body(String ending, String id, NewMigration request) {
        String up = request.up()
                .orElse("-- Write here what the migration does.")
                .replace("\r\n", "\n")
                .strip();
        Optional<String> down =
                request.down().map(sql -> sql.replace("\r\n", "\n").strip());
        boolean without = request.transactionMode() == TransactionMode.NEVER
                || (request.transactionMode() == TransactionMode.AUTO
                        && NoTransaction.wantedBy(up + ";" + down.orElse("")));
        LiquibaseText text = new LiquibaseText(id, author(), up, down, request.body(), without);
        return switch (ending) {
            case ".xml" -> text.xml();
            case ".json" -> text.json();
            case ".sql" -> text.sql();
            default -> text.yaml();
        };
    }

    /// The project's last one, else whoever is at the keyboard.
    private String author() {
        return existing.isEmpty()
                ? System.getProperty("user.name", "godwit")
                : existing.getLast().author();
    }
}
