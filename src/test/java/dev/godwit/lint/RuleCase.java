package dev.godwit.lint;

import dev.godwit.catalog.ProfileJson;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
/// `outlasts` (another statement runs under it), `none`; or `harmless`: bad blocks neither reads nor writes |
/// | `together` | further tables: bad holds that lock on all of them at once, good never does |
/// | `fails` | the SQLSTATE with which bad fails |
/// | `breaks`, `sqlstate` | a query that works before bad and fails after it |
/// | `then`, `then.bad`, `then.good` | SQL to run afterwards, and how it ends: `ok` or an SQLSTATE (several where
/// majors differ) |
/// | `then.sql.bad`, `then.sql.good` | instead of `then`, where that SQL differs |
/// | `blocks` | a statement for which another session waits while bad has its locks |
/// | `reads` | a statement that reads all of the table when it runs after bad |
/// | `shows`, `shows.bad`, `shows.good` | a query to run afterwards, and the one value that it returns |
/// | `left`, `left.bad`, `left.good` | the same, but seen by another session when that of the script has ended |
/// | `again` | the SQLSTATE with which a second run of bad fails, while one of good does not |
/// | `always` | a condition that holds for others after each statement of good, and not after each of bad |
/// | `majors` | where the hazard exists, `13-15`; all when absent |
/// | `before.fails` | the SQLSTATE with which one statement of `before.sql` fails |
/// | `bad.transaction`, `good.transaction` | the runner's mode, `auto` when absent |
///
/// Two files more where they are needed: `profile.json`, what a profile of `setup.sql` tells, without which the rule
/// would
/// not know; `before.sql`, statements that run one by one before bad and before good.
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

    List<QualifiedName> together() {
        return claim("together").stream()
                .flatMap(names -> Stream.of(names.split(",", -1)))
                .map(QualifiedName::parse)
                .toList();
    }

    /// @return the majors that have the hazard
    IntStream majors() {
        String[] range = claim("majors")
                .orElse(PostgresVersion.OLDEST_MAJOR + "-" + PostgresVersion.NEWEST_MAJOR)
                .split("-", -1);
        return IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[1]));
    }

    boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    /// @return how a check goes about the case: with its profile, on the newest major that has the hazard
    CheckOptions options() {
        PostgresVersion version = PostgresVersion.ofMajor(majors().max().orElse(PostgresVersion.NEWEST_MAJOR));
        CheckOptions plain = CheckOptions.defaults().version(version).settings(naming());
        return has("profile.json")
                ? plain.catalog(ProfileJson.read(new StringReader(text("profile.json")), "profile.json")
                        .catalog())
                : plain;
    }

    /// A rule that is off by default speaks once it is named.
    private Map<String, RuleSetting> naming() {
        return Rules.load().all().stream()
                .map(Rule::info)
                .filter(info -> info.id().equals(id()) && !info.onByDefault())
                .collect(Collectors.toMap(
                        RuleInfo::id, info -> RuleSetting.parse(info.severity().word())));
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
