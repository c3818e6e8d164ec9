package dev.godwit.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.TestClusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is said of random statements is what the server shows: locks, rewrites, index builds and scans.
class AgreementTest {
    private static final long SEED = Long.getLong("godwit.agreement.seed", 20_261_123);
    private static final int SCHEMAS = Integer.getInteger("godwit.agreement.schemas", 14);
    private static final int STATEMENTS = Integer.getInteger("godwit.agreement.statements", 220);
    private static final List<Integer> MAJORS = Pattern.compile(",")
            .splitAsStream(System.getProperty("godwit.agreement.majors", "13,15,17,18"))
            .map(Integer::valueOf)
            .toList();

    static List<Integer> majors() {
        return MAJORS;
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("majors")
    void factsAgreeWithTheServer(int major) {
        Map<String, Integer> kinds = new TreeMap<>();
        List<Disagreement> wrong = new ArrayList<>();
        DatabaseUrl url = DatabaseUrl.parse(TestClusters.freshDatabase(major), Map.of());
        int run = 0;
        try (Session session = Session.open(url, "agreement")) {
            for (int i = 0; i < SCHEMAS; i++) {
                run += STATEMENTS;
                AgreementRun agreement = AgreementRun.on(session, SEED + i);
                agreement.run(STATEMENTS).forEach((kind, count) -> kinds.merge(kind, count, Integer::sum));
                wrong.addAll(agreement.disagreements());
            }
        }
        int compared = kinds.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "agreement: seed %d, PostgreSQL %d, %d statements, %d succeeded %s, %d disagree%n",
                SEED, major, run, compared, kinds, wrong.size());
        wrong.stream().limit(Integer.getInteger("godwit.agreement.show", 5)).forEach(one -> System.out.println(one));
        assertThat(wrong).isEmpty();
    }
}
