package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.lint.CheckResult.CheckedFile;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ScriptParts;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A script too long to be kept whole is checked part by part, and nothing shows where the parts end.
class LongScriptTest {
    private static final int STATEMENTS = 5 * ScriptParts.STATEMENTS / 2;

    @Test
    void isJudgedAsTheWholeWouldBe() {
        String sql = script(STATEMENTS, LongScriptTest::ofEveryKind);
        ParsedScript whole = Scripts.parse(new SourceText("dump.sql", sql));
        ScriptParts parts = Scripts.parts(new SourceText("dump.sql", sql));
        assertThat(parts).isInstanceOf(ScriptParts.InParts.class).hasSize(3);

        CheckedFile expected = check(ScriptParts.of(whole));
        CheckedFile found = check(parts);

        assertThat(found.findings()).isEqualTo(expected.findings()).hasSizeGreaterThan(STATEMENTS / 2);
        assertThat(found.counts()).isEqualTo(expected.counts());
        assertThat(found.statements()).isEqualTo(expected.statements());
    }

    @Test
    void wrapsNothingWhereItsLastStatementStandsAlone() {
        String sql = script(STATEMENTS, i -> "ALTER TABLE t ADD COLUMN c%d int;".formatted(i))
                + "CREATE INDEX CONCURRENTLY i ON t (c1);";

        assertThat(check(Scripts.parts(new SourceText("dump.sql", sql))).findings())
                .extracting(finding -> finding.rule().id())
                .doesNotContain("concurrently-in-transaction", "several-tables-locked");
    }

    @Test
    void listsTenThousandFindingsAndCountsTheRest() {
        int statements = FileCheck.MOST_FINDINGS + 100;
        String sql = script(statements, i -> "DROP TABLE t%d;".formatted(i));

        CheckResult result = result(Scripts.parts(new SourceText("dump.sql", sql)));

        assertThat(result.files().getFirst().findings()).hasSize(FileCheck.MOST_FINDINGS);
        assertThat(result.count(Severity.ERROR)).isGreaterThanOrEqualTo(statements);
        assertThat(result.unlisted()).isGreaterThanOrEqualTo(100);
        assertThat(result.refused()).isTrue();
    }

    /// A transaction in every 700: the second begins in the first part and ends in the second, the last never ends.
    private static String ofEveryKind(int i) {
        return switch (i % 700) {
            case 250 -> "BEGIN;";
            case 490 -> "COMMIT;";
            case 300 -> "SET lock_timeout = '1s';";
            case 310 -> "THIS IS NOT SQL;";
            case 320 -> "-- godwit:ignore drop-table it is empty\nDROP TABLE t%d;".formatted(i);
            default ->
                i % 2 == 0
                        ? "ALTER TABLE t%d ADD COLUMN c int NOT NULL;".formatted(i)
                        : "CREATE INDEX i%d ON t%d (c);".formatted(i, i / 3);
        };
    }

    /// Comments make it long enough.
    private static String script(int statements, IntFunction<String> statement) {
        String padding = "-- " + "x".repeat(ScriptParts.USUAL_LENGTH / statements) + "\n";
        return IntStream.range(0, statements)
                .mapToObj(i -> padding + statement.apply(i))
                .collect(Collectors.joining("\n"));
    }

    private static CheckedFile check(ScriptParts script) {
        return result(script).files().getFirst();
    }

    private static CheckResult result(ScriptParts script) {
        return Linter.check(
                List.of(new CheckFile(script, TransactionMode.AUTO, Optional.empty())), CheckOptions.defaults());
    }
}
