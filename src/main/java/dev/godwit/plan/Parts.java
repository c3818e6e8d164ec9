package dev.godwit.plan;

import dev.godwit.fact.Refusals;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.List;

/// Cuts SQL into migrations: what PostgreSQL refuses in a transaction block gets one of its own, so that nothing half
/// done is left beside it when it fails.
public final class Parts {
    private Parts() {}

    /// One migration's SQL.
    ///
    /// @param mode [TransactionMode#NEVER] exactly when it is needed
    public record Part(String sql, TransactionMode mode) {}

    /// @return in order, one when nothing has to stand alone; comments stay with the statement that they precede
    public static List<Part> of(ParsedScript script) {
        List<Part> parts = new ArrayList<>();
        SourceText source = script.source();
        int from = 0;
        int open = 0;
        for (ParsedStatement statement : script.statements()) {
            int end = endWithSemicolon(source, statement.span().end());
            if (Refusals.inTransaction(statement.statement())) {
                add(parts, source.content().substring(open, from), TransactionMode.AUTO);
                add(parts, source.content().substring(from, end), TransactionMode.NEVER);
                open = end;
            }
            from = end;
        }
        String rest = source.content().substring(open);
        if (from == open && !parts.isEmpty()) {
            Part last = parts.removeLast();
            add(parts, last.sql() + rest, last.mode());
        } else {
            add(parts, rest, TransactionMode.AUTO);
        }
        return List.copyOf(parts);
    }

    private static int endWithSemicolon(SourceText source, int end) {
        int semicolon = source.content().indexOf(';', end);
        return semicolon < 0 ? source.content().length() : semicolon + 1;
    }

    private static void add(List<Part> parts, String sql, TransactionMode mode) {
        if (!sql.isBlank()) {
            parts.add(new Part(sql.strip() + "\n", mode));
        }
    }
}
