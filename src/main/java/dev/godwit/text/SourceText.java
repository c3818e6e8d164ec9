package dev.godwit.text;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A text with a name, its lines indexed once, so that any offset becomes line and column.
///
/// Offsets are UTF-16 indexes into [#content]; a parser that counts UTF-8 bytes asks [#fromByteOffset]. Lines end at
/// `\n`; a `\r` before it belongs to the line ending.
public final class SourceText {
    private final String name;
    private final String content;
    private final int[] lineStarts;
    private final boolean ascii;

    public SourceText(String name, String content) {
        this.name = requireNonNull(name);
        this.content = requireNonNull(content);
        this.lineStarts = lineStarts(content);
        this.ascii = content.chars().allMatch(c -> c < 0x80);
    }

    public String name() {
        return name;
    }

    public String content() {
        return content;
    }

    public String slice(Span span) {
        return content.substring(span.start(), span.end());
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /// @param line counted from 1
    /// @return the line's text without its ending
    public String line(int line) {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] - 1 : content.length();
        return content.substring(start, end > start && content.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    /// @param line counted from 1
    /// @return the offset at which it begins
    public int lineStart(int line) {
        return lineStarts[line - 1];
    }

    public Position position(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, content.codePointCount(lineStarts[line], offset) + 1);
    }

    /// @param bytes offset into the UTF-8 form of [#content]; one inside a character counts as that character's start
    /// @return the UTF-16 offset of the same place
    public int fromByteOffset(int bytes) {
        return ascii ? Math.min(bytes, content.length()) : walkBytes(bytes);
    }

    private int walkBytes(int bytes) {
        int seen = 0;
        int offset = 0;
        while (offset < content.length()) {
            int codePoint = content.codePointAt(offset);
            seen += utf8Length(codePoint);
            if (seen > bytes) {
                return offset;
            }
            offset += Character.charCount(codePoint);
        }
        return offset;
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }

    private static int[] lineStarts(String content) {
        return IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, content.length())
                                .filter(i -> content.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /// @return the bytes that a parser of UTF-8 sees
    public byte[] utf8() {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
