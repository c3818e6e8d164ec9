package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// A data directory fresh from `initdb`, made once for each set of binaries and then copied: a copy takes a tenth of
/// the time. It holds no password; each cluster sets its own.
///
/// Encoding UTF-8 and locale C.UTF-8 (C where the system has no C.UTF-8), so that the same order comes out everywhere.
record Template(Binaries binaries, Ground ground) {
    private static final int FINGERPRINT_BYTES = 4;

    Template {
        requireNonNull(binaries);
        requireNonNull(ground);
    }

    Path get() throws IOException {
        return ground.cache().entry("template", name(), this::makeIn).resolve("data");
    }

    /// Two installations of one version may differ in what they were built with: the place tells them apart.
    private String name() {
        byte[] place = binaries.directory().toString().getBytes(StandardCharsets.UTF_8);
        byte[] digest = Checksum.sha256().digest(place);
        return binaries.version() + "-" + HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    }

    private void makeIn(Path directory) throws IOException {
        Disk.requireSpace(directory, Disk.TEMPLATE, "prepare PostgreSQL " + binaries.version());
        Path data = Files.createDirectory(directory.resolve("data"));
        ground.account().own(data);
        Command made = initdb(data, "C.UTF-8");
        if (!made.succeeded() && made.output().contains("invalid locale")) {
            made = initdb(data, "C");
        }
        if (!made.succeeded()) {
            throw failure(made);
        }
        openToAll(data);
    }

    private Command initdb(Path data, String locale) throws IOException {
        List<String> words = Command.words(
                ground.account().prefix(),
                binaries.program("initdb"),
                "--pgdata=" + data,
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=" + locale,
                "--auth=trust",
                "--no-sync");
        return Command.run(data, words);
    }

    /// Nobody but the owner may change what later clusters start from; everybody may copy it.
    private static void openToAll(Path data) throws IOException {
        String script = "chown -R \"$(id -u):$(id -g)\" \"$1\" && chmod -R a+rX,go-w \"$1\"";
        Command opened = Command.run(Path.of("/"), List.of("sh", "-c", script, "sh", data.toString()));
        if (!opened.succeeded()) {
            throw new IOException("could not open " + data + ": " + opened.output());
        }
    }

    private RuntimeException failure(Command initdb) {
        return Problem.database("initdb of PostgreSQL " + binaries.version() + " failed: " + initdb.output())
                .at(binaries.directory().toString())
                .leaving("nothing is left behind")
                .remedy("run `godwit doctor`")
                .raise();
    }
}
