package dev.godwit.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.Corpus;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    /// What the first words say must be what the parser says: of the whole corpus, not of examples.
    @Test
    void theFirstWordsNeverCallAStatementOrdinaryThatRefusesATransaction() {
        Release release = new Release(PostgresVersion.ofMajor(18), Optional.empty());
        RandomSchema.of(4).forEach(sql -> release.next(Scripts.parse(text(sql)), TransactionMode.AUTO));
        RandomDdl ddl = new RandomDdl(release.model(), 4);
        List<ParsedStatement> ordinary = Stream.concat(
                        Corpus.of(4, ddl::statement).limit(3_000), Stream.of("DROP INDEX concurrently i", "begin"))
                .flatMap(sql -> Scripts.parse(text(sql)).statements().stream())
                .filter(statement -> Refusals.standsInAnyTransaction(statement.sql()))
                .toList();

        assertThat(ordinary)
                .hasSizeGreaterThan(1_000)
                .allSatisfy(statement -> assertThat(Outline.of(Stream.of(statement)))
                        .as(statement.sql())
                        .isEqualTo(new Outline(false, false)));
    }

    private static SourceText text(String sql) {
        return new SourceText("corpus.sql", sql);
    }
}
