package dev.godwit.source;

import dev.godwit.problem.Problem;
import dev.godwit.text.Position;
import dev.godwit.text.SourceText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What to say about bytes that are not UTF-8.
final class Encoding {
    /// Enough of a file to see the zero bytes with which UTF-16 spells ASCII.
    private static final int SAMPLE_BYTES = 1024;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private Encoding() {}

    static Problem problem(byte[] bytes, String name) {
        return wide(bytes).map(charset -> wideProblem(charset, name)).orElseGet(() -> badByte(bytes, name));
    }

    /// A text that is UTF-8 but holds a NUL, which PostgreSQL cannot store and the protocol takes for the end.
    static Problem nul(SourceText text, int offset) {
        Optional<String> charset = wide(text.content()
                .substring(0, Math.min(SAMPLE_BYTES, text.content().length()))
                .getBytes(StandardCharsets.UTF_8));
        Position place = text.position(offset);
        return charset.map(c -> wideProblem(c, text.name()))
                .orElseGet(() -> Problem.usage("there is a NUL character (byte 0x00) in the text")
                        .at(text.name() + ":" + place)
                        .remedy("delete it: " + rewritten("tr -d '\\000'", text.name())));
    }

    private static Problem wideProblem(String charset, String name) {
        return Problem.usage("the file is " + charset + ", not UTF-8").at(name).remedy(iconv(charset, name));
    }

    private static Problem badByte(byte[] bytes, String name) {
        int offset = firstBad(bytes);
        if (cutOff(bytes, offset)) {
            return Problem.usage("the file ends in the middle of a character: it was cut off")
                    .at(name + ":" + place(bytes, offset))
                    .remedy("get the whole file again, or delete its last character");
        }
        Charset guess = guess(bytes);
        String character = new String(bytes, offset, 1, guess);
        return Problem.usage("the file is not UTF-8: byte 0x%02X, which is '%s' in %s"
                        .formatted(bytes[offset] & 0xFF, character, title(guess)))
                .at(name + ":" + place(bytes, offset))
                .remedy(
                        mixed(bytes, offset)
                                ? "type that character anew: the file has characters in UTF-8 as well, which a conversion would spoil"
                                : iconv(guess.equals(WINDOWS) ? "windows-1252" : "latin1", name));
    }

    private static boolean mixed(byte[] bytes, int firstBad) {
        for (int i = 0; i < firstBad; i++) {
            if (bytes[i] < 0) {
                return true;
            }
        }
        return false;
    }

    private static String title(Charset charset) {
        return charset.equals(WINDOWS) ? "Windows-1252" : "Latin-1";
    }

    private static String iconv(String charset, String name) {
        return "convert it: " + rewritten("iconv -f " + charset + " -t utf-8", name);
    }

    /// @return a line for the shell that runs a filter over the file in place
    private static String rewritten(String filter, String name) {
        if (name.equals("-")) {
            return "… | " + filter;
        }
        String file = name.matches("[\\w./-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
        return filter + " < " + file + " > utf8.tmp && mv utf8.tmp " + file;
    }

    /// UTF-8 says in a character's first byte how many follow.
    private static boolean cutOff(byte[] bytes, int offset) {
        int first = bytes[offset] & 0xFF;
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
        for (int i = offset + 1; i < bytes.length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return offset > 0 && first < 0xF5 && bytes.length - offset < length && bytes.length - offset > 1;
    }

    private static int firstBad(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(8192);
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return in.position();
    }

    /// All before the bad byte is UTF-8, so the place can be counted as usual.
    private static Position place(byte[] bytes, int offset) {
        String before = new String(bytes, 0, offset, StandardCharsets.UTF_8);
        String shown = before.startsWith("\uFEFF") ? before.substring(1) : before;
        return new SourceText("", shown).position(shown.length());
    }

    /// Windows-1252 has letters where Latin-1 has control characters, which no script holds.
    private static Charset guess(byte[] bytes) {
        for (byte b : bytes) {
            if ((b & 0xE0) == 0x80) {
                return WINDOWS;
            }
        }
        return StandardCharsets.ISO_8859_1;
    }

    private static Optional<String> wide(byte[] bytes) {
        return byMark(bytes).or(() -> byZeros(bytes));
    }

    private static Optional<String> byMark(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE, 0x00, 0x00)) {
            return Optional.of("UTF-32LE");
        }
        if (startsWith(bytes, 0x00, 0x00, 0xFE, 0xFF)) {
            return Optional.of("UTF-32BE");
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return Optional.of("UTF-16LE");
        }
        return startsWith(bytes, 0xFE, 0xFF) ? Optional.of("UTF-16BE") : Optional.empty();
    }

    /// Without a mark: nearly every second byte is zero, on one side.
    private static Optional<String> byZeros(byte[] bytes) {
        int length = Math.min(bytes.length, SAMPLE_BYTES) & ~1;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < length; i += 2) {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }
        int most = length / 2 * 7 / 10;
        if (length < 4 || (even > most) == (odd > most)) {
            return Optional.empty();
        }
        return Optional.of(odd > most ? "UTF-16LE" : "UTF-16BE");
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
