package dev.godwit.staging.embedded;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Looks at the space before it is used up, since "No space left on device" names neither the place nor the need.
final class Disk {
    private static final long MEGABYTE = 1_000_000;

    /// 60 MB unpacked and a jar of 15 MB.
    static final long UNPACKED_BINARIES = 80 * MEGABYTE;

    /// What `initdb` writes.
    static final long TEMPLATE = 50 * MEGABYTE;

    /// A copy of the template, and the first WAL segments beyond it.
    static final long CLUSTER = 100 * MEGABYTE;

    private Disk() {}

    static void requireSpace(Path place, long bytes, String purpose) throws IOException {
        long left = Files.getFileStore(place).getUsableSpace();
        if (left < bytes) {
            throw shortage(place, bytes, left, purpose).raise();
        }
    }

    private static Problem shortage(Path place, long bytes, long left, String purpose) {
        return Problem.usage("the disk is too full to " + purpose + ": " + megabytes(bytes) + " are needed, "
                        + megabytes(left) + " are left")
                .at(place.toString())
                .leaving("nothing is left behind")
                .remedy("free some space, or point GODWIT_TMP and GODWIT_CACHE to a disk that has it");
    }

    private static String megabytes(long bytes) {
        return bytes / MEGABYTE + " MB";
    }
}
