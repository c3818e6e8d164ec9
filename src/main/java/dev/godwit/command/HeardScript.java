package dev.godwit.command;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Script;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.statement.Statement;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a script of what was heard: the migration's own statements in their order, in the transactions in which they
/// came, without what the framework says for itself (its settings, its look into the catalog, its version rows).
final class HeardScript {
    private final Script original;
    private final Bookkeeping bookkeeping;
    private final List<String> pieces = new ArrayList<>();
    private final Map<Long, List<String>> open = new LinkedHashMap<>();

    private HeardScript(Script original, Bookkeeping bookkeeping) {
        this.original = original;
        this.bookkeeping = bookkeeping;
    }

    /// @param own the tables that the framework keeps for itself
    static Script of(Script original, List<Heard> heard, Set<QualifiedName> own) {
        HeardScript script = new HeardScript(original, new Bookkeeping(own));
        heard.forEach(script::add);
        return script.finish();
    }

    /// The same where there is no file whose lines the statements could stand on: each on a line of its
    /// own.
    ///
    /// @param name of the script, for people
    static Script of(String name, List<Heard> heard, Set<QualifiedName> own) {
        Script nowhere = new Script(Path.of(""), new SourceText(name, ""));
        HeardScript script = new HeardScript(nowhere, new Bookkeeping(own));
        heard.forEach(script::add);
        String text = script.pieces.isEmpty() ? "" : String.join(";\n", script.pieces) + ";\n";
        return new Script(Path.of(""), new SourceText(name, text), Script.Language.SQL, TransactionMode.NEVER);
    }

    private void add(Heard heard) {
        if (heard.inBlock() || heard.leavesBlock()) {
            inBlock(heard);
        } else if (!heard.failed()) {
            alone(heard.sql());
        }
    }

    private void inBlock(Heard heard) {
        List<String> block = open.computeIfAbsent(heard.connection(), _ -> new ArrayList<>());
        for (ParsedStatement statement : statements(heard.sql())) {
            if (!isBorder(statement.statement()) && !bookkeeping.is(statement)) {
                block.add(statement.sql());
            }
        }
        if (!heard.leavesBlock()) {
            open.remove(heard.connection());
            if (!rollsBack(heard)) {
                emit(block);
            }
        }
    }

    private static boolean rollsBack(Heard heard) {
        return heard.failed()
                || statements(heard.sql()).stream()
                        .anyMatch(statement -> statement.statement() instanceof Statement.TransactionControl control
                                && control.verb() == Statement.TransactionControl.Verb.ROLLBACK);
    }

    private static boolean isBorder(Statement statement) {
        return statement instanceof Statement.TransactionControl control
                && control.verb() != Statement.TransactionControl.Verb.SAVEPOINT;
    }

    /// Several statements of one simple query are one transaction by themselves.
    private void alone(String sql) {
        List<ParsedStatement> all = statements(sql);
        List<String> kept = all.stream()
                .filter(statement -> !isBorder(statement.statement()) && !bookkeeping.is(statement))
                .map(ParsedStatement::sql)
                .toList();
        if (all.size() > 1) {
            emit(kept);
        } else {
            pieces.addAll(kept);
        }
    }

    private static List<ParsedStatement> statements(String sql) {
        return Scripts.parse(new SourceText("heard", sql)).statements();
    }

    private void emit(List<String> block) {
        if (!block.isEmpty()) {
            pieces.add("BEGIN");
            pieces.addAll(block);
            pieces.add("COMMIT");
        }
    }

    private Script finish() {
        String text = new LinesOfFile(original.text()).place(pieces);
        return new Script(
                original.file(),
                new SourceText(original.text().name(), text),
                Script.Language.SQL,
                TransactionMode.NEVER);
    }
}
