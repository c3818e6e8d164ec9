package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.source.Framework;
import dev.godwit.source.Frameworks;
import dev.godwit.source.OwnRunner;
import dev.godwit.source.Project;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each framework's fixture project through Godwit's commands, by the framework's own program on a real server.
class FrameworkPassageTest {
    /// Where Godwit is killed as well; elsewhere the framework alone is.
    private static final Set<String> WITH_GODWIT = Set.of("laravel", "liquibase");

    @TempDir
    private Path directory = Path.of("");

    static List<String> frameworks() {
        return Frameworks.load().all().stream()
                .filter(OwnRunner.class::isInstance)
                .map(Framework::id)
                .toList();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("frameworks")
    void aProjectGoesTheWholeWayAndBack(String framework) throws IOException, SQLException {
        FrameworkProject project = FrameworkProject.open(framework, directory);
        Map<String, String> before = project.tree();
        List<String> versioned = project.versioned();
        int all = versioned.size();
        assertThat(all).isGreaterThanOrEqualTo(2);

        JsonNode checked = JsonMapper.shared()
                .readTree(project.cli().run("check", "--format", "json").out());
        assertThat(checked.get("summary").get("statements").asInt()).isGreaterThanOrEqualTo(all);

        JsonNode evidence = project.document(
                ExitCode.OK, FrameworkProject.with(versioned, "rehearse", "--traffic-rate", "20", "--format", "json"));
        assertThat(evidence).hasSize(all);
        assertThat(evidence.get(0).get("framework").asString()).isEqualTo(framework);
        assertThat(evidence.get(0).get("statements")).isNotEmpty();

        List<String> rest = versioned;
        Optional<String> concurrent = concurrent(evidence);
        if (concurrent.isPresent()) {
            int index = versioned.indexOf(concurrent.get());
            project.ends(ExitCode.OK, FrameworkProject.with(versioned.subList(0, index), "apply", "--no-watch"));
            diesBeforeItsRow(project, concurrent.get());
            mendWhatStatusSays(project, concurrent.get());
            rest = versioned.subList(index + 1, all);
        }
        if (!rest.isEmpty()) {
            project.ends(ExitCode.OK, FrameworkProject.with(rest, "apply", "--no-watch"));
        }
        JsonNode done = project.status();
        assertThat(done.get("applied")).hasSize(all);
        assertThat(done.get("disagreements")).isEmpty();
        project.ends(ExitCode.ROLLED_BACK, "rollback");
        assertThat(project.status().get("applied")).hasSize(all - 1);
        assertThat(project.tree()).isEqualTo(before);
    }

    /// @return the first that builds an index outside of a transaction, so that its row comes after its
    ///     effect
    private static Optional<String> concurrent(JsonNode evidence) {
        return evidence.valueStream()
                .filter(one -> one.get("statements").toString().contains("CONCURRENTLY"))
                .map(one -> one.get("migration").asString())
                .findFirst();
    }

    /// Killed with the index built and its version row on its way: some frameworks by themselves, some with
    /// Godwit.
    private static void diesBeforeItsRow(FrameworkProject project, String migration) throws IOException, SQLException {
        String table = Frameworks.load()
                .byId(project.framework())
                .versionTable(Project.at(project.directory()))
                .name()
                .sql();
        try (Crash crash = Crash.before(project.url(), table)) {
            if (WITH_GODWIT.contains(project.framework())) {
                crash.ofGodwit(project.cli(), "apply", "--no-watch", migration);
            } else {
                Outcome outcome = crash.ofTheFramework(project.cli(), "apply", "--no-watch", migration);
                assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(ExitCode.DATABASE);
            }
        }
    }

    private static void mendWhatStatusSays(FrameworkProject project, String migration) {
        JsonNode seen = project.document(ExitCode.REFUSED, "status", "--format", "json");
        assertThat(seen.get("pending").toString()).contains(migration);
        assertThat(seen.get("unfinished")).isEmpty();
        JsonNode torn = seen.get("torn").get(0);
        assertThat(torn.get("migration").asString()).isEqualTo(migration);
        assertThat(project.ends(ExitCode.REFUSED, "apply", "--no-watch", migration)
                        .err())
                .contains("applied but unrecorded", torn.get("repair").get(0).asString());
        torn.get("repair").valueStream().forEach(sql -> TestClusters.execute(project.url(), sql.asString()));
        seen.get("remarks").valueStream().forEach(remark -> {
            String said = remark.asString();
            assertThat(said).contains("databasechangeloglock", "is held by", "since 2");
            TestClusters.execute(project.url(), said.substring(said.indexOf("UPDATE ")));
        });
        project.ends(ExitCode.OK, "status");
    }
}
