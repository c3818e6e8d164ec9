package dev.godwit.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.Session;
import dev.godwit.db.TestSessions;
import dev.godwit.statement.ServerGrammar.Rejection;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Godwit's verdict, message and position are those of a PostgreSQL 18 server, for every text here.
class GrammarAgainstServerTest {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final int GENERATED = 1500;
    private static final long SEED = 20261122;

    private static Session session;
    private static ServerGrammar server;

    @BeforeAll
    static void open() {
        session = TestSessions.fresh(18);
        server = new ServerGrammar(session);
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @Test
    void statementsWrittenByHandAreAcceptedByBoth() throws IOException {
        List<String> statements = handWritten();
        assertThat(statements).hasSizeGreaterThan(300);
        assertThat(disagreements(statements)).isEmpty();
        assertThat(rejected(statements)).isEmpty();
    }

    @Test
    void brokenStatementsWrittenByHandGetTheSameError() throws IOException {
        List<String> broken = Files.readAllLines(RESOURCES.resolve("grammar/broken.txt"));
        assertThat(disagreements(broken)).isEmpty();
        assertThat(rejected(broken)).hasSizeGreaterThan(150);
    }

    @Test
    void generatedStatementsGetTheSameVerdict() {
        Set<String> statements = generated();
        assertThat(statements).hasSizeGreaterThan(1000);
        assertThat(disagreements(statements)).isEmpty();
    }

    @Test
    void mutatedStatementsGetTheSameVerdictMessageAndPosition() throws IOException {
        Mutator mutator = new Mutator(SEED);
        List<String> sound = new ArrayList<>(handWritten());
        sound.addAll(generated());
        Set<String> mutants = new LinkedHashSet<>();
        sound.forEach(sql -> mutants.add(mutator.mutate(sql)));
        sound.forEach(sql -> mutants.add(mutator.mutate(sql) + "; SELECT 1"));
        assertThat(mutants).hasSizeGreaterThan(2000);
        assertThat(disagreements(mutants)).isEmpty();
        assertThat(rejected(mutants)).hasSizeGreaterThan(1000);
    }

    @Test
    void everySqlFileOfTheTestsGetsTheSameVerdict() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : sqlFiles()) {
            texts.addAll(text(file).stream().toList());
        }
        assertThat(texts).hasSizeGreaterThan(3);
        assertThat(disagreements(texts)).isEmpty();
    }

    private static List<String> rejected(Collection<String> texts) {
        return texts.stream().filter(sql -> server.ask(sql).isPresent()).toList();
    }

    private static List<String> disagreements(Collection<String> texts) {
        return texts.stream()
                .filter(sql -> !agree(ServerGrammar.askGodwit(sql), server.ask(sql)))
                .map(sql -> sql + "\n  Godwit: " + ServerGrammar.askGodwit(sql) + "\n  server: " + server.ask(sql))
                .toList();
    }

    /// The end of the input is, for Godwit, where the last token ends; for the server, behind white space and comments.
    private static boolean agree(Optional<Rejection> ours, Optional<Rejection> theirs) {
        if (ours.isPresent() && ours.get().message().endsWith("at end of input")) {
            return ours.map(Rejection::message).equals(theirs.map(Rejection::message));
        }
        return ours.equals(theirs);
    }

    private static Set<String> generated() {
        SqlGenerator generator = new SqlGenerator(SEED);
        Set<String> statements = new LinkedHashSet<>();
        for (int i = 0; i < GENERATED; i++) {
            statements.add(generator.statement());
        }
        return statements;
    }

    private static List<String> handWritten() throws IOException {
        List<String> statements = new ArrayList<>();
        for (String name : List.of("tables", "objects", "queries")) {
            String text = Files.readString(RESOURCES.resolve("grammar/" + name + ".sql"));
            Scripts.parse(new SourceText(name, text)).statements().forEach(s -> statements.add(s.sql()));
        }
        return statements;
    }

    private static List<Path> sqlFiles() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }

    /// @return empty for the files whose very bytes are the case: what is not text reaches neither parser
    private static Optional<String> text(Path file) throws IOException {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
