package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Profile;
import dev.godwit.catalog.ProfileJson;
import dev.godwit.catalog.Table;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.ParsedStatement;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Every rule's claim, on real PostgreSQL: its bad script does what the rule says, its good script does not.
@TestInstance(Lifecycle.PER_CLASS)
class RuleProofTest {
    /// What `./dev test` prints at its end.
    private static final Path SUMMARY = Path.of("target/proofs.txt");

    private static final QualifiedName ORDERS = QualifiedName.inPublic("orders");
    /// While a rule is being written: `-Dgodwit.rules=my-rule,another`.
    private static final Set<String> ONLY = Stream.of(
                    System.getProperty("godwit.rules", "").split(",", -1))
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toSet());

    private static final List<String> BOTH = List.of("bad", "good");
    private static final long TIMES = 1_000;
    private static final long BYTES_OF_ROW = 100;

    private final Map<String, Set<Integer>> proved = new ConcurrentHashMap<>();

    @AfterAll
    void tellHowManyWereProved() throws IOException {
        String majors = proved.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        int proofs = proved.values().stream().mapToInt(Set::size).sum();
        Files.writeString(
                SUMMARY,
                "proved: " + proved.size() + " of " + RuleCase.all().size() + " rules on " + majors + ", " + proofs
                        + " proofs\n");
    }

    /// Two at a time: each waits for its server most of the time, and has a database of its own.
    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicNode> everyClaimHoldsOnEveryMajor() {
        return IntStream.rangeClosed(PostgresVersion.OLDEST_MAJOR, PostgresVersion.NEWEST_MAJOR)
                .mapToObj(major -> DynamicContainer.dynamicContainer("PostgreSQL " + major, proofs(major)));
    }

    private Stream<DynamicTest> proofs(int major) {
        return RuleCase.all().stream()
                .filter(rule -> rule.majors().anyMatch(its -> its == major))
                .filter(rule -> ONLY.isEmpty() || ONLY.contains(rule.id()))
                .map(rule -> DynamicTest.dynamicTest(rule.id() + " on " + major, () -> {
                    prove(rule, major);
                    proved.computeIfAbsent(rule.id(), _ -> ConcurrentHashMap.newKeySet())
                            .add(major);
                }));
    }

    /// What a case claims, each by itself.
    private static final Map<String, BiConsumer<RuleCase, DatabaseUrl>> CLAIMS = Map.of(
            "fails", RuleProofTest::proveFailure,
            "breaks", RuleProofTest::proveBreakage,
            "work", RuleProofTest::proveWork,
            "then.bad", RuleProofTest::proveSequel,
            "blocks", RuleProofTest::proveBlocking,
            "reads", RuleProofTest::proveReading,
            "shows", RuleProofTest::proveSight,
            "always", RuleProofTest::proveContinuity,
            "left", RuleProofTest::proveRemains,
            "again", RuleProofTest::proveRepetition);

    private static void prove(RuleCase rule, int major) {
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(major), Map.of());
        Map<String, BiConsumer<RuleCase, DatabaseUrl>> claimed = new TreeMap<>(CLAIMS);
        claimed.keySet().removeIf(key -> rule.claim(key).isEmpty());
        assertThat(claimed).as("what " + rule.id() + " claims").isNotEmpty();
        claimed.forEach((_, proof) -> proof.accept(rule, url));
    }

    private static void proveFailure(RuleCase rule, DatabaseUrl url) {
        try (ProofRun bad = fresh(rule, url)) {
            DatabaseException failure =
                    catchThrowableOfType(DatabaseException.class, () -> bad.run(rule.script("bad"), rule.mode("bad")));
            assertThat(failure).as("bad.sql fails").isNotNull();
            assertThat(failure.sqlState()).isEqualTo(rule.claim("fails").orElseThrow());
        }
        try (ProofRun good = fresh(rule, url)) {
            assertThatCode(() -> good.run(rule.script("good"), rule.mode("good")))
                    .doesNotThrowAnyException();
        }
    }

    private static void proveBreakage(RuleCase rule, DatabaseUrl url) {
        String query = rule.claim("breaks").orElseThrow();
        try (ProofRun bad = fresh(rule, url)) {
            bad.session().execute(query);
            bad.run(rule.script("bad"), rule.mode("bad"));
            DatabaseException failure = catchThrowableOfType(
                    DatabaseException.class, () -> bad.session().execute(query));
            assertThat(failure).as("the query fails after bad.sql").isNotNull();
            assertThat(failure.sqlState()).isEqualTo(rule.claim("sqlstate").orElseThrow());
        }
        try (ProofRun good = fresh(rule, url)) {
            good.run(rule.script("good"), rule.mode("good"));
            assertThatCode(() -> good.session().execute(query)).doesNotThrowAnyException();
        }
    }

    /// What runs afterwards ends differently.
    private static void proveSequel(RuleCase rule, DatabaseUrl url) {
        for (String which : BOTH) {
            String sql =
                    rule.claim("then").or(() -> rule.claim("then.sql." + which)).orElseThrow();
            try (ProofRun run = fresh(rule, url)) {
                run.run(rule.script(which), rule.mode(which));
                DatabaseException failure = catchThrowableOfType(
                        DatabaseException.class, () -> run.session().execute(sql));
                assertThat(failure == null ? "ok" : failure.sqlState())
                        .as("after " + which + ".sql: " + sql)
                        .isIn((Object[])
                                rule.claim("then." + which).orElseThrow().split(",", -1));
            }
        }
    }

    /// While the statement has its locks, another session cannot do that.
    private static void proveBlocking(RuleCase rule, DatabaseUrl url) {
        for (String which : BOTH) {
            try (ProofRun run = fresh(rule, url)) {
                run.meanwhile(rule.claim("blocks").orElseThrow());
                run.run(rule.script(which), rule.mode(which));
                assertThat(run.blocked())
                        .as(which + ".sql blocks: " + rule.claim("blocks"))
                        .isEqualTo(which.equals("bad"));
            }
        }
    }

    /// What runs afterwards reads the whole table.
    private static void proveReading(RuleCase rule, DatabaseUrl url) {
        for (String which : BOTH) {
            try (ProofRun run = fresh(rule, url)) {
                run.run(rule.script(which), rule.mode(which));
                long rows = run.rows();
                assertThat(run.rowsReadBy(rule.claim("reads").orElseThrow()) >= rows)
                        .as("after " + which + ".sql all is read by " + rule.claim("reads"))
                        .isEqualTo(which.equals("bad"));
            }
        }
    }

    /// What is seen afterwards differs.
    private static void proveSight(RuleCase rule, DatabaseUrl url) {
        String query = rule.claim("shows").orElseThrow();
        for (String which : BOTH) {
            try (ProofRun run = fresh(rule, url)) {
                run.run(rule.script(which), rule.mode(which));
                assertThat(ProofRun.value(run.session(), query))
                        .as("after " + which + ".sql: " + query)
                        .isEqualTo(rule.claim("shows." + which).orElseThrow());
            }
        }
    }

    /// What others find once the session of the script is gone differs.
    private static void proveRemains(RuleCase rule, DatabaseUrl url) {
        String query = rule.claim("left").orElseThrow();
        for (String which : BOTH) {
            try (ProofRun run = fresh(rule, url)) {
                run.run(rule.script(which), rule.mode(which));
            }
            try (Session other = Session.open(url, "other")) {
                assertThat(ProofRun.value(other, query))
                        .as("left by " + which + ".sql: " + query)
                        .isEqualTo(rule.claim("left." + which).orElseThrow());
            }
        }
    }

    private static void proveRepetition(RuleCase rule, DatabaseUrl url) {
        for (String which : BOTH) {
            try (ProofRun run = fresh(rule, url)) {
                run.run(rule.script(which), rule.mode(which));
                DatabaseException failure = catchThrowableOfType(
                        DatabaseException.class, () -> run.run(rule.script(which), rule.mode(which)));
                assertThat(failure == null ? "ok" : failure.sqlState())
                        .as("a second run of " + which + ".sql")
                        .isEqualTo(which.equals("bad") ? rule.claim("again").orElseThrow() : "ok");
            }
        }
    }

    private static void proveContinuity(RuleCase rule, DatabaseUrl url) {
        String condition = rule.claim("always").orElseThrow();
        for (String which : BOTH) {
            try (ProofRun run = fresh(rule, url);
                    Session other = Session.open(url, "other")) {
                List<Boolean> held = new ArrayList<>();
                run.afterEach(() ->
                        held.add(ProofRun.value(other, "SELECT " + condition).equals("true")));
                run.run(rule.script(which), rule.mode(which));
                assertThat(held.contains(false))
                        .as(which + ".sql interrupts: " + condition)
                        .isEqualTo(which.equals("bad"));
            }
        }
    }

    private static void proveWork(RuleCase rule, DatabaseUrl url) {
        String work = rule.claim("work").orElseThrow(() -> new AssertionError(rule.id() + " claims nothing"));
        assertThat(does(rule, work, "bad", url)).as("bad.sql: " + work).isTrue();
        assertThat(does(rule, work, "good", url)).as("good.sql: " + work).isFalse();
    }

    private static boolean does(RuleCase rule, String work, String which, DatabaseUrl url) {
        try (ProofRun run = fresh(rule, url)) {
            long rows = run.rows();
            long allRows = ProofRun.rowsOfAllTables(run.session());
            List<Observation> seen = run.run(rule.script(which), rule.mode(which));
            QualifiedName table = rule.relation("relation").orElseThrow();
            return switch (work) {
                case "scan" -> seen.stream().anyMatch(one -> one.rowsRead() >= rows && holds(rule, which, one));
                case "rewrite" ->
                    seen.stream().anyMatch(one -> one.rewritten().contains(table) && holds(rule, which, one));
                case "change" -> seen.stream().anyMatch(one -> one.rowsChanged() >= rows && mayHold(rule, which, one));
                case "loss" -> ProofRun.rowsOfAllTables(run.session()) < allRows;
                case "none" -> seen.stream().anyMatch(one -> holds(rule, which, one));
                case "outlasts" ->
                    seen.stream().filter(one -> holds(rule, which, one)).count() > 1;
                case "harmless" -> seen.stream().noneMatch(one -> one.blocksAsMuchAs(table, LockMode.SHARE));
                default -> throw new AssertionError("no such work: " + work);
            };
        }
    }

    private static boolean mayHold(RuleCase rule, String which, Observation one) {
        return rule.lock().isEmpty() || holds(rule, which, one);
    }

    /// Of bad the lock must be exactly the one claimed; good must hold none that blocks as much.
    private static boolean holds(RuleCase rule, String which, Observation one) {
        QualifiedName table = rule.relation("relation").orElseThrow();
        LockMode claimed = rule.lock().orElseThrow();
        Stream<QualifiedName> tables = Stream.concat(Stream.of(table), rule.together().stream());
        if (which.equals("good")) {
            return tables.allMatch(relation -> one.blocksAsMuchAs(relation, claimed));
        }
        return Stream.concat(tables, rule.relation("also").stream())
                .allMatch(
                        relation -> one.lockOn(relation).filter(claimed::equals).isPresent());
    }

    private static ProofRun fresh(RuleCase rule, DatabaseUrl url) {
        try (Session session = Session.open(url, "setup")) {
            session.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            rule.script("setup").statements().forEach(statement -> session.execute(statement.sql()));
            if (rule.has("before.sql")) {
                before(rule, session);
            }
        }
        return new ProofRun(url, rule.relation("relation").orElse(ORDERS));
    }

    private static void before(RuleCase rule, Session session) {
        List<String> failures = new ArrayList<>();
        for (ParsedStatement statement : rule.script("before").statements()) {
            try {
                session.execute(statement.sql());
            } catch (DatabaseException e) {
                failures.add(e.sqlState());
            }
        }
        assertThat(failures)
                .as("how before.sql fails")
                .isEqualTo(rule.claim("before.fails").stream().toList());
    }

    /// Without a profile's eyes some rules see nothing: theirs is one of the setup, its sizes those of a large table.
    @Test
    void theProfilesAreThoseOfTheSetups() throws IOException {
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(PostgresVersion.NEWEST_MAJOR), Map.of());
        List<RuleCase> profiled =
                RuleCase.all().stream().filter(rule -> rule.has("profile.json")).toList();
        for (RuleCase rule : profiled) {
            try (ProofRun run = fresh(rule, url)) {
                run.session().execute("ANALYZE");
                String profile = profile(CatalogReader.read(run.session(), Set.of()));
                if (Boolean.getBoolean("godwit.bless")) {
                    Files.writeString(rule.folder().resolve("profile.json"), profile);
                }
                assertThat(rule.text("profile.json")).isEqualTo(profile);
            }
        }
    }

    private static String profile(CatalogSnapshot catalog) {
        List<Table> tables = catalog.tables().stream().map(RuleProofTest::large).toList();
        CatalogSnapshot large = new CatalogSnapshot(
                PostgresVersion.ofMajor(PostgresVersion.NEWEST_MAJOR), tables, catalog.objects(), catalog.types());
        StringWriter text = new StringWriter();
        ProfileJson.write(new Profile(large, Map.of(), List.of()), text);
        return text.toString();
    }

    private static Table large(Table table) {
        long rows = table.estimatedRows() * TIMES;
        return new Table(
                table.name(),
                table.kind(),
                table.columns(),
                table.primaryKey(),
                table.foreignKeys(),
                table.indexes(),
                table.checks(),
                rows,
                rows * BYTES_OF_ROW,
                table.partitionKey(),
                table.partitionOf());
    }
}
