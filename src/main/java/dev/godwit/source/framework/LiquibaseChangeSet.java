package dev.godwit.source.framework;

import static java.util.Objects.requireNonNull;

import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/// One changeset. Liquibase knows it by three words together: id, author, and the file as the changelogs name it.
///
/// @param file what Liquibase records as the file
/// @param runAlways whether every update runs it again
record LiquibaseChangeSet(String id, String author, String file, Script up, Optional<Script> down, boolean runAlways) {
    LiquibaseChangeSet {
        requireNonNull(id);
        requireNonNull(author);
        requireNonNull(file);
    }

    /// The three words as one that may name a file: `20261122_ada_db-orders.sql`.
    static String version(String id, String author, String file) {
        String plain = plainFile(file);
        String readable = (id + "_" + author + "_" + plain.replace('/', '-')).replaceAll("[^\\p{L}\\p{N}._-]+", "-");
        boolean lossy = !readable.equals(id + "_" + author + "_" + plain.replace('/', '-'));
        String safe = readable.startsWith(".") ? "-" + readable : readable;
        return lossy ? safe + "-" + digest(id + "::" + author + "::" + plain) : safe;
    }

    private static String digest(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }

    /// Older releases recorded `classpath:db/a.xml` for what is `db/a.xml` now, and take them for the same.
    static String plainFile(String file) {
        return file.replace('\\', '/').replaceFirst("^classpath\\*?:", "").replaceFirst("^(?:\\./|/)+", "");
    }

    String version() {
        return version(id, author, file);
    }

    Migration migration() {
        return new Migration(version(), "", up, down);
    }

    /// @return the lines of a file that belong to one part of it, on their own lines, with nothing before or after
    static SourceText lines(SourceText source, int first, int last) {
        List<String> all = source.content().lines().toList();
        int end = Math.min(last, all.size());
        String text = "\n".repeat(first - 1) + String.join("\n", all.subList(Math.min(first - 1, end), end)) + "\n";
        return new SourceText(source.name(), text);
    }
}
