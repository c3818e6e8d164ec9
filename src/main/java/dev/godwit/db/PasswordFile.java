package dev.godwit.db;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// libpq's password file, `~/.pgpass`: lines of `host:port:database:user:password`, the first that matches wins.
///
/// A file that others may read is not used, as libpq does not use it; then [Found#ignored] says so, for the message
/// of the refused login that follows.
///
/// Source: PostgreSQL manual, section 34.16.
final class PasswordFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private PasswordFile() {}

    /// @param password empty when no line matches
    /// @param ignored why the file was not used; empty when it was, or when there is none
    record Found(Optional<String> password, String ignored) {
        private static final Found NOTHING = new Found(Optional.empty(), "");

        @Override
        public String toString() {
            return "Found[ignored=" + ignored + "]";
        }
    }

    /// What a line must match.
    record Login(String host, int port, String database, String user) {
        private boolean matches(List<String> fields) {
            return matches(fields.get(0), host)
                    && matches(fields.get(1), Integer.toString(port))
                    && matches(fields.get(2), database)
                    && matches(fields.get(3), user);
        }

        private static boolean matches(String field, String value) {
            return field.equals("*") || field.equals(value);
        }
    }

    static Found find(Path file, Login login) {
        if (!Files.exists(file)) {
            return Found.NOTHING;
        }
        try {
            Optional<String> reason = unusable(file);
            return reason.map(text -> new Found(Optional.empty(), text)).orElseGet(() -> search(file, login));
        } catch (IOException cannotRead) {
            throw unreadable(file, cannotRead);
        }
    }

    private static Optional<String> unusable(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.of(file + " was not used: it is not a plain file");
        }
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.stream().anyMatch(OTHERS::contains)
                ? Optional.of(file + " was not used: others may read it (chmod 600 " + file + ")")
                : Optional.empty();
    }

    private static Found search(Path file, Login login) {
        try {
            for (String line : Files.readAllLines(file)) {
                List<String> fields = fields(line);
                if (!line.startsWith("#") && fields.size() >= 5 && login.matches(fields)) {
                    return new Found(Optional.of(fields.get(4)), "");
                }
            }
            return Found.NOTHING;
        } catch (IOException cannotRead) {
            throw unreadable(file, cannotRead);
        }
    }

    /// Fields are parted by `:`; a backslash takes the next character as it is.
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(line.charAt(++i));
            } else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static RuntimeException unreadable(Path file, IOException cause) {
        return Problem.usage(
                        "the password file cannot be read: " + cause.getClass().getSimpleName())
                .at(file.toString())
                .remedy("make it readable for you (chmod 600 " + file + ") or set PGPASSFILE")
                .raise();
    }
}
