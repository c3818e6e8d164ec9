package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.statement.Volatility;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The server's own functions and whether a call may be volatile.
///
/// Source: `pg_proc` of PostgreSQL 13 to 18, kept as a resource; a test compares it with the servers.
final class BuiltinFunctions {
    private static final String RESOURCE = "builtin-functions.txt";
    private static final char VOLATILE_MARK = '!';
    private static final char STABLE_MARK = '~';

    private BuiltinFunctions() {}

    /// Read when the first default calls a function, which most scripts never do.
    private static final class Names {
        private static final Map<String, Volatility> ALL = read();
    }

    /// @return VOLATILE where one variant is, STABLE where none is better, else IMMUTABLE; empty when the server has no
    ///     function of that name
    static Optional<Volatility> volatility(String name) {
        return Optional.ofNullable(Names.ALL.get(name));
    }

    private static Map<String, Volatility> read() {
        Map<String, Volatility> found = HashMap.newHashMap(2_500);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                requireNonNull(BuiltinFunctions.class.getResourceAsStream(RESOURCE), RESOURCE),
                StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(found, line));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", e);
        }
        return Map.copyOf(found);
    }

    private static void add(Map<String, Volatility> found, String line) {
        switch (line.charAt(0)) {
            case VOLATILE_MARK -> found.put(line.substring(1), Volatility.VOLATILE);
            case STABLE_MARK -> found.put(line.substring(1), Volatility.STABLE);
            default -> found.put(line, Volatility.IMMUTABLE);
        }
    }
}
