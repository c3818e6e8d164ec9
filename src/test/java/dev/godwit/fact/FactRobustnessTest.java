package dev.godwit.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.Corpus;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever a script holds, its facts come: no exception, no hang. `bench/robustness` does it with 40,000 statements.
class FactRobustnessTest {
    private static final long SEED = Long.getLong("godwit.robustness.seed", 4);
    private static final int STATEMENTS = Integer.getInteger("godwit.robustness.statements", 2_000);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Test
    void everyStatementOfACorpusGivesFacts() {
        Release release = release();
        RandomDdl ddl = new RandomDdl(release.model(), SEED);
        List<String> corpus = Corpus.of(SEED, ddl::statement).limit(STATEMENTS).toList();
        int known = 0;
        for (String sql : corpus) {
            Instant began = Instant.now();
            known += release.fork().next(script(sql), TransactionMode.AUTO).size();
            assertThat(Duration.between(began, Instant.now())).as(sql).isLessThan(LONGEST);
        }
        assertThat(known).isGreaterThan(STATEMENTS / 3);
    }

    @Test
    void oneReleaseTakesThemAllAfterAnother() {
        Release release = release();
        RandomDdl ddl = new RandomDdl(release.model(), SEED);
        String all = String.join(
                ";\n", Corpus.of(SEED + 1, ddl::statement).limit(300).toList());
        assertThat(release.next(script(all), TransactionMode.NEVER)).isNotEmpty();
    }

    @Test
    void loopsInWhatStatementsSayEnd() {
        String circles =
                "CREATE TABLE a () INHERITS (b); CREATE TABLE b () INHERITS (a); ALTER TABLE a ADD COLUMN c int;"
                        + "CREATE DOMAIN d AS e; CREATE DOMAIN e AS d; ALTER TABLE a ALTER c TYPE d;"
                        + "ALTER DOMAIN d ADD CHECK (VALUE > 0); ALTER TABLE a ADD CHECK (c > 0); ALTER TABLE a DROP COLUMN c;"
                        + "CREATE VIEW v AS SELECT * FROM w; CREATE VIEW w AS SELECT * FROM v; LOCK TABLE v; DROP VIEW v CASCADE;"
                        + "CREATE INDEX ON a (c); TRUNCATE a CASCADE; DROP DOMAIN d CASCADE; DROP TABLE a CASCADE;";
        assertThat(release().next(script(circles), TransactionMode.AUTO)).hasSize(17);
    }

    private static Release release() {
        Release release = new Release(PostgresVersion.ofMajor(18), Optional.empty());
        RandomSchema.of(SEED).forEach(sql -> release.next(script(sql), TransactionMode.AUTO));
        return release;
    }

    private static ParsedScript script(String sql) {
        return Scripts.parse(new SourceText("corpus.sql", sql));
    }
}
