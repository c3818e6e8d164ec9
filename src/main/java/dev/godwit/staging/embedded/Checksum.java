package dev.godwit.staging.embedded;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of files, and the refusal of a wrong one.
final class Checksum {
    private Checksum() {}

    static void require(PinnedArtifact artifact, Path file) throws IOException {
        String found = of(file);
        if (!found.equals(artifact.sha256())) {
            throw Problem.usage("the binaries of PostgreSQL " + artifact.version()
                            + " are not the published ones: SHA-256 " + found + " instead of " + artifact.sha256())
                    .at(file.toString())
                    .leaving("nothing was unpacked or kept")
                    .remedy("delete that file if it is still there, and run the command again")
                    .raise();
        }
    }

    static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream input = new DigestInputStream(Files.newInputStream(file), digest)) {
            input.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
