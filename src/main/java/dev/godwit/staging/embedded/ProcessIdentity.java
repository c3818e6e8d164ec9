package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// One process, told apart from every later one that gets its number again.
///
/// Source: proc(5), `/proc/pid/stat` fields 3 (state) and 22 (starttime); pid_namespaces(7).
///
/// @param boot the kernel's name for this boot
/// @param namespace in which the number counts: a container that shares our directory has numbers of its own
/// @param startTicks clock ticks since boot, exact, unlike a time of day, which shifts when the clock is set
record ProcessIdentity(String boot, String namespace, long pid, String startTicks) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");
    private static final int STATE = 0;
    private static final int START = 19;

    /// The start of a process that was gone before it could be asked.
    private static final String NEVER = "-";

    enum Life {
        RUNNING,
        GONE,
        /// In another container: nothing can be said.
        UNKNOWN
    }

    ProcessIdentity {
        requireNonNull(boot);
        requireNonNull(namespace);
        requireNonNull(startTicks);
    }

    static void requireProc() {
        if (!Files.isReadable(BOOT)) {
            throw Problem.usage("an embedded PostgreSQL needs Linux with /proc")
                    .remedy("give --staging the URL of a PostgreSQL that you started yourself")
                    .raise();
        }
    }

    static ProcessIdentity of(long pid) throws IOException {
        List<String> fields = statistics(pid);
        String startTicks = fields.size() > START ? fields.get(START) : NEVER;
        return new ProcessIdentity(currentBoot(), currentNamespace(), pid, startTicks);
    }

    Life life() throws IOException {
        if (!boot.equals(currentBoot())) {
            return Life.GONE;
        }
        return namespace.equals(currentNamespace()) ? lifeHere() : Life.UNKNOWN;
    }

    /// A zombie has stopped; only its parent has not asked about it yet.
    private Life lifeHere() throws IOException {
        List<String> fields = statistics(pid);
        boolean same = fields.size() > START && fields.get(START).equals(startTicks);
        return same && !"ZX".contains(fields.get(STATE)) ? Life.RUNNING : Life.GONE;
    }

    /// @return the fields after the command's name, which may itself hold spaces and parentheses; none when it is gone
    private static List<String> statistics(long pid) throws IOException {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (NoSuchFileException gone) {
            return List.of();
        }
    }

    private static String currentBoot() throws IOException {
        return Files.readString(BOOT).strip();
    }

    private static String currentNamespace() throws IOException {
        return Files.readSymbolicLink(NAMESPACE).toString();
    }

    String line() {
        return String.join(" ", boot, namespace, Long.toString(pid), startTicks);
    }

    static ProcessIdentity parse(String line) {
        String[] fields = line.split(" ", -1);
        return new ProcessIdentity(fields[0], fields[1], Long.parseLong(fields[2]), fields[3]);
    }
}
