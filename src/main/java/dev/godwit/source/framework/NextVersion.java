package dev.godwit.source.framework;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;

/// The version that a new migration gets: UTC to the second, or the next number where a folder counts.
///
/// @param existing sorted by version
record NextVersion(List<FileName> existing) {
    private static final int LONGEST_COUNTER = 6;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    /// Never at or before the newest existing version, whatever this machine's clock says: a version in between would
    /// be skipped where the newer one is applied.
    String at(Instant now) {
        String stamp = LocalDateTime.ofInstant(now, ZoneOffset.UTC).format(STAMP);
        if (existing.isEmpty()) {
            return stamp;
        }
        String newest = existing.getLast().version();
        if (newest.length() <= LONGEST_COUNTER) {
            return counted(newest);
        }
        boolean later = new BigInteger(stamp).compareTo(new BigInteger(newest)) > 0;
        return later ? stamp : after(newest);
    }

    private static String after(String newest) {
        try {
            return LocalDateTime.parse(newest, STAMP).plusSeconds(1).format(STAMP);
        } catch (DateTimeParseException _) {
            return counted(newest);
        }
    }

    /// The next number, with as many leading zeros as keep its width.
    private static String counted(String newest) {
        String next = new BigInteger(newest).add(BigInteger.ONE).toString();
        return "0".repeat(Math.max(0, newest.length() - next.length())) + next;
    }
}
