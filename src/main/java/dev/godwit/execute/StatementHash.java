package dev.godwit.execute;

import dev.godwit.plan.Step;
import dev.godwit.statement.ParsedStatement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/// The name of a step's text in the ledger, which keeps no SQL: a literal in it may be personal data.
final class StatementHash {
    private StatementHash() {}

    static String of(Step step) {
        String text = step.statements().stream().map(ParsedStatement::sql).collect(Collectors.joining(";\n"));
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
