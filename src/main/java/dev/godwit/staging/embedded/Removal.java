package dev.godwit.staging.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// Deletes a directory with all that is in it, by `rm`: unlike a walk in Java it cannot be led astray by another user
/// who swaps a directory for a symbolic link while it works.
final class Removal {
    private Removal() {}

    static void remove(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Command removed = Command.run(Path.of("/"), List.of("rm", "-rf", "--", directory.toString()));
        if (!removed.succeeded()) {
            throw new IOException("could not remove " + directory + ": " + removed.output());
        }
    }
}
