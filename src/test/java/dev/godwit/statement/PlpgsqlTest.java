package dev.godwit.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.db.TestSessions;
import dev.godwit.statement.ServerGrammar.Rejection;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Bodies in PL/pgSQL, against what a server says when it creates the function.
class PlpgsqlTest {
    private static final Path FOLDER = Path.of("src/test/resources/plpgsql");

    /// The one thing in a body about which the module's lexer and a server's differ.
    private static final Pattern JUNK_PARAMETER = Pattern.compile("\\$\\d+\\p{L}");

    private static final long SEED = 20261122;

    private static ParsedScript parse(String text) {
        return Scripts.parse(new SourceText("a.sql", text));
    }

    @Test
    void whatAServerCompilesHasNoProblem() throws IOException {
        ParsedScript script = parse(Files.readString(FOLDER.resolve("valid.sql")));
        assertThat(script.problems()).isEmpty();
        assertThat(script.statements()).hasSizeGreaterThan(30);
        try (Session session = TestSessions.fresh(18)) {
            session.execute(Files.readString(FOLDER.resolve("setup.sql")));
            assertThat(script.statements())
                    .allSatisfy(s -> assertThat(create(session, s.sql())).isEmpty());
        }
    }

    @Test
    void syntaxErrorsStandWhereAServerPutsThem() throws IOException {
        List<String> broken = Files.readAllLines(FOLDER.resolve("broken.txt"));
        assertThat(broken).hasSizeGreaterThan(30);
        try (Session session = TestSessions.fresh(18)) {
            assertThat(broken)
                    .allSatisfy(sql -> assertThat(firstProblem(sql)).as(sql).isEqualTo(create(session, sql)));
        }
    }

    @Test
    void whatGodwitFindsInABrokenBodyAServerFindsToo() throws IOException {
        List<String> mutants = mutants();
        int found = 0;
        try (Session session = TestSessions.fresh(18)) {
            session.execute(Files.readString(FOLDER.resolve("setup.sql")));
            for (String mutant : mutants) {
                Optional<Rejection> problem = firstProblem(mutant);
                if (problem.isPresent() && !missesAnObject(create(session, mutant))) {
                    assertThat(problem).as(mutant).isEqualTo(create(session, mutant));
                    found++;
                }
            }
        }
        assertThat(found).isGreaterThan(150);
    }

    /// A server looks types up first, and one that is not there is what it reports.
    private static boolean missesAnObject(Optional<Rejection> rejection) {
        return rejection.isPresent() && rejection.get().message().endsWith("does not exist");
    }

    private static List<String> mutants() throws IOException {
        Mutator mutator = new Mutator(SEED);
        return parse(Files.readString(FOLDER.resolve("valid.sql"))).statements().stream()
                .map(ParsedStatement::sql)
                .filter(sql -> sql.contains("AS $$") && sql.endsWith("$$"))
                .flatMap(sql -> IntStream.range(0, 10).mapToObj(_ -> mutateBody(sql, mutator)))
                .filter(sql -> !JUNK_PARAMETER.matcher(sql).find())
                .toList();
    }

    private static String mutateBody(String sql, Mutator mutator) {
        int start = sql.indexOf("$$") + 2;
        int end = sql.lastIndexOf("$$");
        return sql.substring(0, start)
                + mutator.mutate(sql.substring(start, end)).replace("$$", "$")
                + sql.substring(end);
    }

    @Test
    void aProblemInABodyTakesNothingFromTheScript() {
        ParsedScript script = parse("""
                SELECT 1;
                DO $$
                BEGIN
                  PERFORM 'é' FORM t x;
                END $$;
                DO 'BEGIN PERFORM ''é'' 1; END';
                DO E'BEGIN PERFORM \\'é\\' 1; END';
                SELECT 2
                """);
        assertThat(script.statements()).hasSize(5);
        assertThat(script.problems())
                .extracting(p -> script.source().position(p.offset()) + " " + p.message())
                .containsExactly(
                        "4:20 syntax error at or near \"t\"",
                        "6:25 syntax error at or near \"1\"",
                        "7:4 syntax error at or near \"1\"");
    }

    @Test
    void bodiesInOtherLanguagesAreLeftAlone() {
        ParsedScript script =
                parse("CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'return FORM'; DO LANGUAGE plperl 'x'");
        assertThat(script.problems()).isEmpty();
    }

    private static Optional<Rejection> firstProblem(String sql) {
        return parse(sql).problems().stream()
                .findFirst()
                .map(problem -> Rejection.of(problem.message(), sql.codePointCount(0, problem.offset()) + 1));
    }

    /// Creates and forgets. What a server cannot place, Godwit places at the body's beginning. A `DO` is compiled only
    /// when it runs, so none is asked for here.
    private static Optional<Rejection> create(Session session, String sql) {
        if (sql.startsWith("DO")) {
            return Optional.empty();
        }
        session.begin();
        try {
            session.execute(sql);
            return Optional.empty();
        } catch (DatabaseException error) {
            return Optional.of(
                    Rejection.of(error.serverMessage(), error.position().orElse(sql.indexOf("$$") + 1)));
        } finally {
            session.rollback();
        }
    }
}
