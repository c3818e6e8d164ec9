package dev.godwit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.CliProject.Outcome;
import dev.godwit.staging.TestClusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A project of dbmate's is a plain SQL project: the real dbmate and Godwit take turns on one.
class DbmateProjectTest {
    private static final String VERSION = "2.36.0";

    @TempDir
    private Path directory = Path.of("");

    private String url = "";
    private String dbmate = "";

    private static String installed() throws IOException, InterruptedException {
        Path modules = Path.of("target", "npm", "dbmate-" + VERSION).toAbsolutePath();
        Path program = modules.resolve("node_modules/@dbmate/linux-x64/bin/dbmate");
        if (!Files.isExecutable(program)) {
            Files.createDirectories(modules);
            run(
                    modules,
                    Map.of(),
                    "npm",
                    "install",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                    modules.toString(),
                    "dbmate@" + VERSION);
        }
        return program.toString();
    }

    private static String run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private String dbmate(String... arguments) throws IOException, InterruptedException {
        String[] command = Stream.concat(Stream.of(dbmate, "--no-dump-schema"), Stream.of(arguments))
                .toArray(String[]::new);
        return run(directory, Map.of("DATABASE_URL", url + "?sslmode=disable"), command);
    }

    /// Named by dbmate, and written as its authors do.
    private void migration(String name, String text) throws IOException, InterruptedException {
        dbmate("new", name);
        List<Path> all;
        try (Stream<Path> files = Files.list(directory.resolve("db/migrations"))) {
            all = files.filter(file -> file.toString().endsWith("_" + name + ".sql"))
                    .toList();
        }
        assertThat(all).hasSize(1);
        Files.writeString(all.getFirst(), text);
    }

    private static void ends(int exitCode, Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.all()).isEqualTo(exitCode);
    }

    private static List<String> names(CliProject project, String state) {
        JsonNode status = JsonMapper.shared()
                .readTree(project.run("status", "--format", "json").out());
        return status.get(state)
                .valueStream()
                .map(id -> id.asString().replaceFirst("^[0-9]+_", ""))
                .toList();
    }

    @Test
    void bothToolsTakeTurnsOnOneProject() throws IOException, InterruptedException {
        url = TestClusters.freshDatabase(18);
        dbmate = installed();
        migration("create_orders", """
                -- migrate:up
                CREATE TABLE orders (id bigint PRIMARY KEY, status text);
                CREATE TABLE shops (id bigint PRIMARY KEY);

                -- migrate:down
                DROP TABLE shops;
                DROP TABLE orders;
                """);
        CliProject project = new CliProject(directory, System.getenv())
                .patient()
                .with("SHOP", url)
                .with("GODWIT_TRAFFIC_RATE", "20");
        ends(ExitCode.OK, project.run("init", "--production", "env:SHOP"));
        ends(ExitCode.OK, project.run("rehearse"));
        ends(ExitCode.OK, project.run("apply", "--no-watch"));
        assertThat(dbmate("status")).contains("[X] ", "Pending: 0");

        migration("z_index_status", """
                -- migrate:up transaction:false
                CREATE INDEX CONCURRENTLY orders_status ON orders (status);

                -- migrate:down transaction:false
                DROP INDEX CONCURRENTLY orders_status;
                """);
        dbmate("migrate");
        assertThat(names(project, "applied")).containsExactly("create_orders", "z_index_status");
        dbmate("rollback");
        assertThat(names(project, "pending")).containsExactly("z_index_status");

        Outcome rehearsed = project.run(
                "rehearse",
                "--format",
                "json",
                "--name",
                "by_dbmate",
                "--down",
                dbmate + " --no-dump-schema rollback",
                "--",
                dbmate,
                "--no-dump-schema",
                "migrate");
        ends(ExitCode.OK, rehearsed);
        JsonNode evidence = JsonMapper.shared().readTree(rehearsed.out()).get(0);
        assertThat(evidence.get("statements")
                        .valueStream()
                        .map(one -> one.get("sql").asString()))
                .containsExactly("CREATE INDEX CONCURRENTLY orders_status ON orders (status)");
    }
}
