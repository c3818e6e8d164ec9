package dev.godwit.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A certification authority of one's own, made by openssl: `ca.crt`, a server's and a client's certificate that it
/// signed, and another authority that signed nothing.
record Certificates(Path directory) {
    static Certificates make(Path directory, String client) {
        Certificates made = new Certificates(directory);
        made.authority("ca");
        made.authority("other");
        made.signed("server", "localhost", "subjectAltName=DNS:localhost");
        made.signed("client", client, "subjectAltName=DNS:client");
        return made;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    private void authority(String name) {
        openssl(List.of(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".crt"));
    }

    private void signed(String name, String subject, String extension) {
        openssl(List.of("genpkey", "-algorithm", "RSA", "-out", name + ".key"));
        sign(name, subject, extension);
    }

    /// A certificate for `localhost` and a key of another kind.
    ///
    /// @param key the arguments of openssl that write the private key
    void localhost(String name, String... key) {
        List<String> arguments = new java.util.ArrayList<>(List.of(key));
        arguments.addAll(List.of("-out", name + ".key"));
        openssl(arguments);
        sign(name, "localhost", "subjectAltName=DNS:localhost");
    }

    private void sign(String name, String subject, String extension) {
        openssl(List.of("req", "-new", "-key", name + ".key", "-subj", "/CN=" + subject, "-out", name + ".csr"));
        try {
            Files.writeString(file(name + ".ext"), extension);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        openssl(List.of(
                "x509",
                "-req",
                "-days",
                "2",
                "-in",
                name + ".csr",
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-extfile",
                name + ".ext",
                "-out",
                name + ".crt"));
    }

    void openssl(List<String> arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
