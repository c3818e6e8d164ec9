package dev.godwit.fact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The differences between facts and server that are known and why: `facts/exceptions.txt`.
record Exceptions(List<Known> all) {
    private static final Path FILE = Path.of("src/test/resources/facts/exceptions.txt");

    /// @param name what a reader calls it by
    record Known(String name, Pattern statement, Pattern difference, String reason) {
        static Known parse(String line) {
            List<String> parts = Pattern.compile(" \\| ").splitAsStream(line).toList();
            return new Known(parts.get(0), Pattern.compile(parts.get(1)), Pattern.compile(parts.get(2)), parts.get(3));
        }

        boolean covers(String sql, String difference) {
            return statement.matcher(sql).matches()
                    && this.difference.matcher(difference).matches();
        }
    }

    static Exceptions read() {
        try {
            return new Exceptions(Files.readAllLines(FILE).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(Known::parse)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean cover(String sql, String difference) {
        return all.stream().anyMatch(one -> one.covers(sql, difference));
    }
}
