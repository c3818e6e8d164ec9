package dev.godwit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import dev.godwit.source.Endpoint;
import dev.godwit.statement.ParsedStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolTest {
    private static final Endpoint ENDPOINT = new Endpoint("127.0.0.1", 4711, "shop", "app", Optional.of("s:e/c@r"));

    private static Tool tool(String... words) {
        return Tool.of(List.of(words), Optional.empty(), Optional.empty());
    }

    @Test
    void theNameHoldsTheProgramAndItsFirstWordsAndNoArgument() {
        assertThat(tool("./bin/goose", "up", "hunter2-").name())
                .matches("goose_up_hunter2_[0-9a-f]{8}|goose_up_[0-9a-f]{8}");
        assertThat(tool("migrate", "-password", "hunter2").name()).matches("migrate_[0-9a-f]{8}");
        assertThat(tool("psql", "-f", "1.sql").name())
                .isNotEqualTo(tool("psql", "-f", "2.sql").name());
        assertThat(tool("/").name()).matches("[0-9a-f]{8}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", ".hidden", "a b", "x\0"})
    void aNameThatCannotNameFilesIsRefused(String name) {
        List<String> words = List.of("psql");
        assertThatThrownBy(() -> Tool.of(words, Optional.empty(), Optional.of(name)))
                .isInstanceOf(GodwitException.class);
    }

    @Test
    void theDownIsSplitByQuotesAsAShellDoes() {
        assertThat(CommandWords.split(" goose  -dir 'my files' down \"a \\\"b\\\"\" c\\ d '' "))
                .containsExactly("goose", "-dir", "my files", "down", "a \"b\"", "c d", "");
        assertThatThrownBy(() -> CommandWords.split("goose 'down")).hasMessageContaining("not closed");
        assertThatThrownBy(() -> CommandWords.split("  ")).hasMessageContaining("empty");
    }

    @Test
    void placesAreFilledWithoutThePassword() {
        assertThat(new ToolEnvironment(ENDPOINT).fill(List.of("-d={url}", "{jdbc}", "{host}:{port}/{database}", "{x}")))
                .containsExactly(
                        "-d=postgresql://app@127.0.0.1:4711/shop?sslmode=disable",
                        "jdbc:postgresql://127.0.0.1:4711/shop?sslmode=disable",
                        "127.0.0.1:4711/shop",
                        "{x}");
    }

    @Test
    void everyVariableThatHoldsAUrlKeepsItsKindAndItsOwnSettings() {
        Map<String, String> set = new ToolEnvironment(ENDPOINT)
                .over(Map.of(
                        "A", "postgresql+asyncpg://u:p@prod/x?ssl=require&prepared_statement_cache_size=0",
                        "B", "jdbc:postgresql://prod:1/x?user=u&password=p&currentSchema=app&sslmode=verify-full",
                        "C", "db:pg://u@prod/x",
                        "D", "mysql://u@prod/x",
                        "PGSERVICE", "prod"));
        assertThat(set)
                .containsEntry(
                        "A",
                        "postgresql+asyncpg://app:s%3Ae%2Fc%40r@127.0.0.1:4711/shop?prepared_statement_cache_size=0")
                .containsEntry(
                        "B",
                        "jdbc:postgresql://127.0.0.1:4711/shop?sslmode=disable&user=app&password=s%3Ae%2Fc%40r&currentSchema=app")
                .containsEntry("C", "db:pg://app:s%3Ae%2Fc%40r@127.0.0.1:4711/shop?sslmode=disable")
                .doesNotContainKey("D")
                .containsEntry("PGSERVICE", "")
                .containsEntry("PGGSSENCMODE", "")
                .containsEntry("PGHOST", "127.0.0.1")
                .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:4711/shop?sslmode=disable");
    }

    @Test
    void secretsAreTakenOutOfWhatIsShown() {
        Secrets secrets = new Secrets(List.of("hunter2", "abc"));
        assertThat(secrets.mask("it is hunter2, abc")).isEqualTo("it is ***, abc");
        assertThat(secrets.mask("postgres://u:p@h/d password=x&y PGPASSWORD: \"q r\""))
                .isEqualTo("postgres://u:***@h/d password=***&y PGPASSWORD: ***");
        assertThat(secrets.mask(List.of("tool", "--db-password", "x", "up\nnow")))
                .isEqualTo("tool --db-password *** up now");
    }

    private static Heard heard(String sql) {
        return new Heard(1, sql, false, false, false);
    }

    @Test
    void aLaterRunIsFoundWithOtherValuesAndTextsOfSeveralStatementsAreOnePiece() {
        ToolScript script = ToolScript.of(
                "tool",
                List.of(
                        heard("SELECT version()"),
                        heard("/* at 10:31 */ CREATE TABLE a (x text DEFAULT 'it''s')"),
                        heard("ALTER TABLE a ADD y int; CREATE INDEX ON a (y)")),
                Set.of());
        ToolScript.Run run = script.run();
        assertThat(run.expected().map(ParsedStatement::sql)).contains("CREATE TABLE a (x text DEFAULT 'it''s')");
        assertThat(run.find("SELECT version()")).isEmpty();
        assertThat(run.find("/* at 11:02 */ CREATE TABLE a (x text DEFAULT 'other')"))
                .isPresent();
        assertThat(run.find("ALTER TABLE a ADD y int; CREATE INDEX ON a (y)").map(ParsedStatement::sql))
                .contains("ALTER TABLE a ADD y int; CREATE INDEX ON a (y)");
        assertThat(run.expected()).isEmpty();
    }

    @Test
    void aHundredThousandRowsOneByOneAreAFewPieces() {
        List<Heard> rows = IntStream.range(0, 100_000)
                .mapToObj(i -> heard("INSERT INTO a VALUES (" + i + ", 'row " + i + "')"))
                .toList();
        ToolScript script = ToolScript.of("tool", rows, Set.of());
        assertThat(script.script().text().content().lines()).hasSize(5);
        ToolScript.Run run = script.run();
        for (int i = 0; i < 1000; i++) {
            assertThat(run.find("INSERT INTO a VALUES (" + i + ", '')")).isPresent();
        }
    }

    @Test
    void noPasswordAndNoTextOfARowIsInAPiece() {
        ToolScript.Run run = ToolScript.of(
                        "tool",
                        List.of(
                                heard("CREATE ROLE app LOGIN PASSWORD 'hunter2'"),
                                heard("INSERT INTO people VALUES (1, 'Alice O''Hara')"),
                                heard("ALTER TABLE people ADD kind text DEFAULT 'guest'")),
                        Set.of())
                .run();
        assertThat(run.find("CREATE ROLE app LOGIN PASSWORD 'hunter2'").map(ParsedStatement::sql))
                .contains("CREATE ROLE app LOGIN PASSWORD '?'");
        assertThat(run.expected().map(ParsedStatement::sql).orElseThrow()).doesNotContain("Alice", "Hara");
        assertThat(run.find("ALTER TABLE people ADD kind text DEFAULT 'guest'").map(ParsedStatement::sql))
                .contains("ALTER TABLE people ADD kind text DEFAULT 'guest'");
    }
}
