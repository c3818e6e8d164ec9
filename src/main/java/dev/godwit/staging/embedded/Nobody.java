package dev.godwit.staging.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The account that owns nothing. It must be in the password file: `initdb` asks for its own name there.
///
/// Source: Linux Standard Base, section 23.2, "User & Group Names"; `get_user_name` in `src/common/username.c`.
final class Nobody {
    private static final int CUSTOMARY = 65534;
    private static final Path PASSWORD_FILE = Path.of("/etc/passwd");

    private Nobody() {}

    static Account.Dropped find() throws IOException {
        try (Stream<String> lines = Files.lines(PASSWORD_FILE)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && fields[0].equals("nobody"))
                    .map(fields -> new Account.Dropped(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
                    .findFirst()
                    .orElse(new Account.Dropped(CUSTOMARY, CUSTOMARY));
        }
    }
}
