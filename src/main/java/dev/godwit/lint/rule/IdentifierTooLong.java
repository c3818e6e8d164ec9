package dev.godwit.lint.rule;

import com.google.auto.service.AutoService;
import dev.godwit.fact.StatementFacts;
import dev.godwit.lint.Finding;
import dev.godwit.lint.LintContext;
import dev.godwit.lint.Rule;
import dev.godwit.lint.RuleInfo;
import dev.godwit.lint.RuleInfo.Scope;
import dev.godwit.lint.Severity;
import dev.godwit.statement.Lexeme;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A name that the server cuts short.
@AutoService(Rule.class)
public final class IdentifierTooLong implements Rule {
    private static final RuleInfo INFO = new RuleInfo(
            "identifier-too-long",
            86,
            Severity.WARNING,
            Scope.EVERYTHING,
            "A name of more than 63 bytes.",
            "The server cuts it to 63 bytes and says so in a NOTICE only: the object has another name than the code, and two names that begin alike are one.",
            "Shorten it to 63 bytes.");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    private static final int LONGEST_BYTES = 63;

    @Override
    public List<Finding> check(StatementFacts facts, LintContext context) {
        ParsedStatement statement = facts.statement();
        return mayHold(statement.sql())
                ? Lexeme.of(statement.sql()).stream()
                        .filter(token -> bytes(token) > LONGEST_BYTES)
                        .map(token -> finding(statement, token))
                        .toList()
                : List.of();
    }

    /// Almost no text does, and to look for that is much cheaper than to take it apart.
    private static boolean mayHold(String sql) {
        int word = 0;
        int quoted = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            int bytes = c < 0x80 ? 1 : 3;
            boolean part = Character.isUnicodeIdentifierPart(c) || c == '$' || Character.isSurrogate(c);
            word = part ? word + bytes : 0;
            quoted += bytes;
            if (word > LONGEST_BYTES || (c == '"' && quoted > LONGEST_BYTES)) {
                return true;
            }
            quoted = c == '"' ? 0 : quoted;
        }
        return false;
    }

    private static long bytes(Lexeme token) {
        return switch (token.kind()) {
            case WORD -> token.text().getBytes(StandardCharsets.UTF_8).length;
            case QUOTED ->
                token.text().startsWith("\"")
                        ? token.text().replace("\"\"", "\"").getBytes(StandardCharsets.UTF_8).length - 2L
                        : 0;
            case SIGN -> 0;
        };
    }

    private static Finding finding(ParsedStatement statement, Lexeme token) {
        int offset = statement.span().start();
        return Finding.at(
                        new Span(offset + token.start(), offset + token.end()),
                        INFO,
                        "This name has " + bytes(token) + " bytes; the server keeps " + LONGEST_BYTES
                                + " of them and does not fail.")
                .help("Shorten it to " + LONGEST_BYTES + " bytes.");
    }
}
