package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.source.TransactionMode;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When ATTACH PARTITION need not read, by PostgreSQL's own reasoning: the rule must neither miss nor cry.
class PartitionRulesTest {
    private static final String RANGE = "ALTER TABLE t ATTACH PARTITION p FOR VALUES FROM (1) TO (9);";

    @Test
    void aCheckOfTheVeryBoundMakesItCheap() {
        assertThat(attach("CHECK (n >= 1 AND n < 9 AND n IS NOT NULL)", RANGE)).isEmpty();
        assertThat(attach(
                        "CHECK (n IN (1, 2) AND n IS NOT NULL)",
                        "ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1, 2, 3);"))
                .isEmpty();
        assertThat(attach(
                        "CHECK (n < 9 AND n IS NOT NULL)",
                        "ALTER TABLE t ATTACH PARTITION p FOR VALUES FROM (MINVALUE) TO (9);"))
                .isEmpty();
    }

    @Test
    void anotherCheckDoesNot() {
        assertThat(attach("CHECK (n >= 1 AND n < 9)", RANGE))
                .as("NULLs may be there")
                .hasSize(1);
        assertThat(attach("CHECK (n > 0 AND n IS NOT NULL)", RANGE)).hasSize(1);
        assertThat(attach("CHECK (n >= 1 AND n <= 9 AND n IS NOT NULL)", RANGE)).hasSize(1);
        assertThat(attach("CHECK (n >= 1 AND m < 9 AND n IS NOT NULL)", RANGE)).hasSize(1);
        assertThat(attach("CHECK (n >= 1 AND n < 9 AND n IS NOT NULL) NOT VALID", RANGE))
                .hasSize(1);
        assertThat(attach(
                        "CHECK (n IN (1, 4) AND n IS NOT NULL)",
                        "ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1, 2, 3);"))
                .hasSize(1);
        assertThat(attach(
                        "CHECK (n >= 1 AND n < 9)",
                        "ALTER TABLE t ATTACH PARTITION p FOR VALUES FROM (1, 1) TO (9, 9);"))
                .hasSize(1);
    }

    @Test
    void theDefaultPartitionIsReadUnlessItsOwnCheckKeepsTheRowsOut() {
        String rest = "ALTER TABLE t ATTACH PARTITION r DEFAULT;";
        String fine = "CHECK (n >= 1 AND n < 9 AND n IS NOT NULL)";
        assertThat(attach(fine, rest, RANGE)).contains("error on public.r");
        assertThat(attach(fine, rest, "ALTER TABLE r ADD CHECK (n IS NOT NULL AND NOT (n >= 1 AND n < 9));", RANGE))
                .doesNotContain("error on public.r");
    }

    @Test
    void whatTheReleaseMadeMayBeAttachedAtOnce() {
        assertThat(found("CREATE TABLE p (n integer);", RANGE)).isEmpty();
        assertThat(found("ALTER INDEX t_n_idx ATTACH PARTITION p_n_idx;")).isEmpty();
    }

    private static List<String> attach(String check, String... files) {
        String[] all = new String[files.length + 1];
        all[0] = "ALTER TABLE p ADD CONSTRAINT c " + check + ";";
        System.arraycopy(files, 0, all, 1, files.length);
        return found(all);
    }

    private static List<String> found(String... files) {
        List<CheckFile> release = List.of(files).stream()
                .map(sql -> CheckFile.of(Scripts.parse(new SourceText("a.sql", sql)), TransactionMode.AUTO))
                .toList();
        return Linter.check(release, CheckOptions.defaults()).files().stream()
                .flatMap(file -> file.findings().stream())
                .filter(finding -> finding.rule().id().equals("attach-partition-scans"))
                .map(finding ->
                        finding.severity().word() + " on " + finding.relation().orElseThrow())
                .toList();
    }
}
