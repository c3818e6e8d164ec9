package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.TestClusters;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every rule's claim, on real PostgreSQL: its bad script does what the rule says, its good script does not.
class RuleProofTest {
    private static final QualifiedName ORDERS = QualifiedName.inPublic("orders");

    @TestFactory
    Stream<DynamicNode> everyClaimHoldsOnEveryMajor() {
        return IntStream.rangeClosed(PostgresVersion.OLDEST_MAJOR, PostgresVersion.NEWEST_MAJOR)
                .mapToObj(major -> DynamicContainer.dynamicContainer("PostgreSQL " + major, proofs(major)));
    }

    private static Stream<DynamicTest> proofs(int major) {
        return RuleCase.all().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.id() + " on " + major, () -> prove(rule, major)));
    }

    private static void prove(RuleCase rule, int major) {
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(major), Map.of());
        if (rule.claim("fails").isPresent()) {
            proveFailure(rule, url);
        } else if (rule.claim("breaks").isPresent()) {
            proveBreakage(rule, url);
        } else {
            proveWork(rule, url);
        }
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
                case "change" -> seen.stream().anyMatch(one -> one.rowsChanged() >= rows);
                case "loss" -> ProofRun.rowsOfAllTables(run.session()) < allRows;
                case "none" -> seen.stream().anyMatch(one -> holds(rule, which, one));
                case "harmless" -> seen.stream().noneMatch(one -> one.blocksAsMuchAs(table, LockMode.SHARE));
                default -> throw new AssertionError("no such work: " + work);
            };
        }
    }

    /// Of bad the lock must be exactly the one claimed; good must hold none that blocks as much.
    private static boolean holds(RuleCase rule, String which, Observation one) {
        QualifiedName table = rule.relation("relation").orElseThrow();
        LockMode claimed = rule.lock().orElseThrow();
        if (which.equals("good")) {
            return one.blocksAsMuchAs(table, claimed);
        }
        return Stream.concat(Stream.of(table), rule.relation("also").stream())
                .allMatch(
                        relation -> one.lockOn(relation).filter(claimed::equals).isPresent());
    }

    private static ProofRun fresh(RuleCase rule, DatabaseUrl url) {
        try (Session session = Session.open(url, "setup")) {
            session.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
            session.execute(rule.text("setup.sql"));
        }
        return new ProofRun(url, rule.relation("relation").orElse(ORDERS));
    }
}
