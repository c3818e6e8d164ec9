package dev.godwit.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// What evidence is bound to: a sha256 over both directions and the transaction mode of each.
///
/// What does not change what the server is sent does not count: the way lines end (a checkout on Windows has `\r\n`), a
/// byte order mark, white space around a script, the file's name, and whether the two directions share a file. Every
/// other character counts, comments too: `-- godwit:` comments steer the run.
final class Digest {
    private static final String FORM = "godwit migration 1";

    private Digest() {}

    static String of(Migration migration) {
        MessageDigest hash = sha256();
        hash.update(FORM.getBytes(StandardCharsets.UTF_8));
        add(hash, Optional.of(migration.up()));
        add(hash, migration.down());
        return "sha256:" + HexFormat.of().formatHex(hash.digest());
    }

    /// A NUL never occurs in a script, so it separates without doubt.
    private static void add(MessageDigest hash, Optional<Script> script) {
        String head = script.map(s -> s.transactionMode().word()).orElse("none");
        hash.update(("\0" + head + "\0").getBytes(StandardCharsets.UTF_8));
        script.ifPresent(s -> hash.update(canonical(s).getBytes(StandardCharsets.UTF_8)));
    }

    private static String canonical(Script script) {
        return script.text().content().replace("\r\n", "\n").strip();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
