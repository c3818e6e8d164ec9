package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.SideBySide;
import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.TestClusters;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What a rollback asks before it undoes.
class RollbackCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private String url = "";
    private CliProject project = CliProject.at(directory);

    @BeforeEach
    void applyNote() {
        url = TestClusters.freshDatabase(18);
        project = CliProject.at(directory).patient().with("SHOP", url);
        ends(ExitCode.OK, "init", "--production", "env:SHOP");
        project.write("db/migrations/20261122103000_add_note.up.sql", "CREATE TABLE note (body text);\n");
        project.write("db/migrations/20261122103000_add_note.down.sql", "DROP TABLE note;\n");
        ends(ExitCode.OK, "rehearse", "--traffic-rate", "50");
        ends(ExitCode.OK, "apply", "--no-watch");
    }

    private Outcome ends(int exitCode, String... arguments) {
        Outcome outcome = project.run(arguments);
        assertThat(outcome.exitCode())
                .as(String.join(" ", arguments) + "\n" + outcome.all())
                .isEqualTo(exitCode);
        return outcome;
    }

    @SideBySide
    void rowsThatWereWrittenSinceGoOnlyByName() {
        TestClusters.execute(url, "INSERT INTO note VALUES ('Jane Roe')");

        Outcome refused = ends(ExitCode.REFUSED, "rollback");
        assertThat(refused.err())
                .contains(
                        "rows: the rows of public.note would go",
                        "godwit rollback 20261122103000_add_note --lose 'public.note'")
                .doesNotContain("Roe");
        assertThat(ends(ExitCode.REFUSED, "rollback", "--dry-run").out())
                .contains("gate rows: closed", "gate blockers: open", "gate disk: open", "DROP TABLE note");
        assertThat(ends(ExitCode.USAGE, "rollback", "--waive", "rows=they do not matter")
                        .err())
                .contains("no gate \"rows\" to waive");
        assertThat(ends(ExitCode.OK, "rollback", "--dry-run", "--lose", "note", "--format", "json")
                        .out())
                .contains("\"gates\"", "may go: note");

        ends(ExitCode.ROLLED_BACK, "rollback", "--lose", "note");
        assertThat(ends(ExitCode.OK, "status").out()).contains("pending");
    }

    @SideBySide
    void whoIsInTheWayForLongClosesItAndMayBeWaived() {
        try (Session reader = Session.open(DatabaseUrl.parse(url, Map.of()), "report")) {
            reader.begin();
            reader.query("SELECT body FROM note", row -> row.text("body"));

            assertThat(ends(ExitCode.REFUSED, "rollback", "--apply-blocker-age", "1ms")
                            .err())
                    .contains("blockers:", "report");
            reader.rollback();
        }
        ends(ExitCode.ROLLED_BACK, "rollback", "--waive", "proof=tried", "--apply-blocker-age", "1ms");
    }
}
