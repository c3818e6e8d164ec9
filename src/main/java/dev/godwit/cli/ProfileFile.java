package dev.godwit.cli;

import dev.godwit.catalog.Profile;
import dev.godwit.catalog.ProfileJson;
import dev.godwit.cli.config.Keys;
import dev.godwit.cli.config.Settings;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A profile on disk: replaced as a whole or not at all.
record ProfileFile(Path path) {
    /// Where it stands when nobody says otherwise, below the project's root.
    static final String DEFAULT = "godwit/profile.json";

    /// @return the one that is named, else the project's own if it has one
    static Optional<ProfileFile> of(Settings settings) {
        Path root = settings.project().root();
        return settings.find(Keys.PROFILE)
                .map(named -> new ProfileFile(root.resolve(named)))
                .or(() -> Optional.of(new ProfileFile(root.resolve(DEFAULT))).filter(own -> Files.exists(own.path())));
    }

    Profile read() {
        try (Reader in = Files.newBufferedReader(path)) {
            return ProfileJson.read(in, path.toString());
        } catch (NoSuchFileException e) {
            throw Problem.usage("there is no profile")
                    .at(path.toString())
                    .remedy("write one: godwit profile --production URL --out " + path)
                    .raise();
        } catch (IOException e) {
            throw Problem.usage("the profile cannot be read: " + e.getMessage())
                    .at(path.toString())
                    .remedy("check the file's permissions and encoding, UTF-8")
                    .raise();
        }
    }

    void write(Profile profile) {
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            try (Writer out = Files.newBufferedWriter(next)) {
                ProfileJson.write(profile, out);
                out.write("\n");
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            throw failed(next, e);
        }
    }

    private RuntimeException failed(Path next, Exception cause) {
        try {
            Files.deleteIfExists(next);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return Problem.usage("the profile cannot be written: " + cause.getMessage())
                .at(path.toString())
                .leaving("an earlier profile is as it was")
                .remedy("check the directory's permissions and free space")
                .raise();
    }
}
