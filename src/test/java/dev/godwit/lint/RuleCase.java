package dev.godwit.lint;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// A rule's case folder: `setup.sql`, `bad.sql`, `good.sql`, the report on the bad one, and in `proof.properties` what
/// PostgreSQL must show.
///
/// | Key | Meaning |
/// |---|---|
/// | `relation` | the table that the claim is about, `public.orders` |
/// | `lock` | the lock that bad holds on it, `SHARE` |
/// | `also` | a second table on which bad holds that lock |
/// | `work` | what bad does under the lock: `scan`, `rewrite`, `change` (of every row at once), `loss` (of rows),
/// `none`; or `harmless`: bad blocks neither reads nor writes |
/// | `fails` | the SQLSTATE with which bad fails |
/// | `breaks`, `sqlstate` | a query that works before bad and fails after it |
/// | `bad.transaction`, `good.transaction` | the runner's mode, `auto` when absent |
record RuleCase(Path folder, Properties claims) {
    static final Path ROOT = Path.of("src/test/resources/rules");

    static List<RuleCase> all() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(RuleCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(ROOT + " cannot be listed", e);
        }
    }

    private static RuleCase read(Path folder) {
        Properties claims = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("proof.properties"))) {
            claims.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " has no readable proof.properties", e);
        }
        return new RuleCase(folder, claims);
    }

    String id() {
        return folder.getFileName().toString();
    }

    Optional<String> claim(String key) {
        return Optional.ofNullable(claims.getProperty(key));
    }

    Optional<QualifiedName> relation(String key) {
        return claim(key).map(name -> {
            String[] parts = name.split("\\.", -1);
            return new QualifiedName(parts[0], parts[1]);
        });
    }

    Optional<LockMode> lock() {
        return claim("lock").map(words -> LockMode.valueOf(words.replace(' ', '_')));
    }

    TransactionMode mode(String which) {
        return claim(which + ".transaction")
                .map(word -> TransactionMode.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(TransactionMode.AUTO);
    }

    ParsedScript script(String which) {
        return Scripts.parse(new SourceText(which + ".sql", text(which + ".sql")));
    }

    String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " lacks " + file, e);
        }
    }
}
