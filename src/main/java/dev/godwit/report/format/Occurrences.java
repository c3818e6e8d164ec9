package dev.godwit.report.format;

import dev.godwit.lint.Finding;
import dev.godwit.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// Names the findings of one file so that each keeps its name while lines move around it: by file, rule and the text
/// it is about, counted where the same stands twice.
final class Occurrences {
    private final SourceText source;
    private final Map<String, Integer> seen = new HashMap<>();

    Occurrences(SourceText source) {
        this.source = source;
    }

    /// @return 64 hexadecimal digits
    String of(Finding finding) {
        String text = source.name() + '\0' + finding.rule().id() + '\0' + source.slice(finding.span());
        int times = seen.merge(text, 1, Integer::sum);
        return sha256(text + '\0' + times);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
