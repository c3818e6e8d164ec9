package dev.godwit.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How large the terminal is that this process belongs to, in letters. Java does not know; `stty`, which POSIX has,
/// does.
record TerminalSize(int rows, int columns) {
    static final TerminalSize UNKNOWN = new TerminalSize(24, 80);

    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})\\s*");
    private static final long ANSWERS_WITHIN_SECONDS = 2;

    /// @return 24 rows of 80 columns where it cannot be known
    static TerminalSize now() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return stty.waitFor(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS) ? read(stty) : gone(stty);
        } catch (IOException _) {
            return UNKNOWN;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    private static TerminalSize read(Process stty) throws IOException {
        return of(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }

    private static TerminalSize gone(Process stty) {
        stty.destroyForcibly();
        return UNKNOWN;
    }

    /// @param size as `stty size` prints it: rows and columns, both 0 where nobody has said
    static TerminalSize of(String size) {
        Matcher matcher = SIZE.matcher(size);
        return matcher.matches()
                ? new TerminalSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : UNKNOWN;
    }
}
