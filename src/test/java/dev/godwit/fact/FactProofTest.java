package dev.godwit.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Filenodes;
import dev.godwit.db.Session;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Direction;
import dev.godwit.source.TransactionMode;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.statement.Statement;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What is said of a statement is what the server shows: `pg_locks` and the files of tables, for each line of
/// `facts/statements.sql`.
class FactProofTest {
    private static final Path ROOT = Path.of("src/test/resources/facts");
    private static final List<Integer> MAJORS = List.of(13, 14, 15, 16, 17, 18);
    private static final Pattern MEANT_FROM = Pattern.compile("-- from (\\d+)$");

    /// One statement and the first major that it is meant for.
    private record Line(String sql, int from) {
        static Line parse(String line) {
            Matcher matcher = MEANT_FROM.matcher(line);
            return matcher.find()
                    ? new Line(line.substring(0, matcher.start()).strip(), Integer.parseInt(matcher.group(1)))
                    : new Line(line, PostgresVersion.OLDEST_MAJOR);
        }
    }

    @TestFactory
    Stream<DynamicNode> predictionsAgreeWithTheServer() throws IOException {
        List<Line> lines = Files.readAllLines(ROOT.resolve("statements.sql")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("--"))
                .map(Line::parse)
                .toList();
        assertThat(lines).hasSizeGreaterThan(60);
        ParsedScript setup = script(Files.readString(ROOT.resolve("setup.sql")));
        return MAJORS.stream()
                .map(major -> DynamicTest.dynamicTest("PostgreSQL " + major, () -> {
                    Map<String, String> wrong = new TreeMap<>();
                    try (Session session = Session.open(url(major), "facts")) {
                        session.execute(setup.source().content());
                        lines.stream()
                                .filter(line -> line.from() <= major)
                                .forEach(line -> compare(session, setup, line.sql())
                                        .ifPresent(difference -> wrong.put(line.sql(), difference)));
                    }
                    assertThat(wrong).isEmpty();
                }));
    }

    private static DatabaseUrl url(int major) {
        return DatabaseUrl.parse(TestClusters.freshDatabase(major), Map.of());
    }

    private static ParsedScript script(String sql) {
        ParsedScript script = Scripts.parse(new SourceText("test.sql", sql));
        assertThat(script.problems()).isEmpty();
        return script;
    }

    private static Optional<String> compare(Session session, ParsedScript setup, String sql) {
        StatementFacts facts =
                Facts.of(script(sql), context(session.serverVersion(), setup)).getFirst();
        session.begin();
        try {
            Filenodes before = Filenodes.of(session);
            Map<Long, QualifiedName> known = relations(session, facts);
            session.execute(sql);
            return difference(
                    facts, locks(session, known), Filenodes.of(session).rewrittenSince(before));
        } catch (DatabaseException e) {
            return Optional.of("fails: " + e.serverMessage());
        } finally {
            session.rollback();
        }
    }

    /// A rewrite that is not certain may be one. TRUNCATE takes a new file, but writes no row.
    private static Optional<String> difference(
            StatementFacts facts, Map<QualifiedName, LockMode> seen, Set<QualifiedName> rewritten) {
        Map<QualifiedName, LockMode> predicted = new TreeMap<>();
        facts.locks().forEach(lock -> predicted.put(lock.relation(), lock.mode()));
        predicted.values().removeIf(FactProofTest::isWeak);
        seen.values().removeIf(FactProofTest::isWeak);
        boolean sameFiles = rewritten.equals(facts.rewrites())
                || facts.actions().stream().anyMatch(action -> !action.certain())
                || facts.statement().statement() instanceof Statement.Truncate;
        return seen.equals(predicted) && sameFiles
                ? Optional.empty()
                : Optional.of("predicted " + predicted + " rewriting " + facts.rewrites() + ", seen " + seen
                        + " rewriting " + rewritten);
    }

    /// ACCESS SHARE conflicts with the strongest only; whom a view or a function reads is not followed.
    private static boolean isWeak(LockMode mode) {
        return mode == LockMode.ACCESS_SHARE;
    }

    private static FactContext context(PostgresVersion version, ParsedScript setup) {
        return new FactContext(version, TransactionMode.AUTO, Direction.UP, Optional.empty(), List.of(setup));
    }

    /// Tables, views and sequences by OID; an index only when it is spoken of, as else it follows its table.
    private static Map<Long, QualifiedName> relations(Session session, StatementFacts facts) {
        Map<Long, QualifiedName> found = new TreeMap<>();
        session
                .query(
                        "SELECT oid::bigint AS oid, relname::text AS name, relkind IN ('i', 'I') AS index FROM pg_class"
                                + " WHERE relnamespace = 'public'::regnamespace AND relkind <> 'c'",
                        row -> new Relation(
                                row.number("oid"), QualifiedName.inPublic(row.text("name")), row.flag("index")))
                .stream()
                .filter(relation ->
                        !relation.index() || facts.lockOn(relation.name()).isPresent())
                .forEach(relation -> found.put(relation.oid(), relation.name()));
        return found;
    }

    private record Relation(long oid, QualifiedName name, boolean index) {}

    private static Map<QualifiedName, LockMode> locks(Session session, Map<Long, QualifiedName> known) {
        Map<QualifiedName, LockMode> strongest = new TreeMap<>();
        session.query(
                        "SELECT relation::bigint AS oid, mode FROM pg_locks"
                                + " WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted",
                        row -> Map.entry(row.number("oid"), LockMode.fromPgLocks(row.text("mode"))))
                .forEach(lock -> Optional.ofNullable(known.get(lock.getKey()))
                        .ifPresent(name -> strongest.merge(
                                name, lock.getValue(), (one, other) -> one.strongerThan(other) ? one : other)));
        return strongest;
    }
}
