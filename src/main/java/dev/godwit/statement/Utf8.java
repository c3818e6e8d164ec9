package dev.godwit.statement;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// A part of a text as the parser gets it, and the way back from the parser's bytes to the text's UTF-16.
///
/// A space stands before the part: the tree leaves out a zero, so without it "at the very start" and "nowhere" would
/// look the same.
///
/// @param start where the part begins in the whole text
record Utf8(String part, int start) {
    private static final int PREFIX = 1;

    byte[] bytes() {
        return (" " + part).getBytes(StandardCharsets.UTF_8);
    }

    /// @return from a byte offset to the offset in the whole text
    IntUnaryOperator places() {
        if (part.chars().allMatch(c -> c < 0x80)) {
            return bytes -> start + Math.max(0, bytes - PREFIX);
        }
        int[] offsets = offsets();
        return bytes -> offsets[Math.min(bytes, offsets.length - 1)];
    }

    /// @param cursor counts characters from 1, the space first; 0 for no place
    /// @return the offset in the whole text
    int placeOfCursor(int cursor) {
        int characters = Math.min(Math.max(0, cursor - 1 - PREFIX), part.codePointCount(0, part.length()));
        return start + part.offsetByCodePoints(0, characters);
    }

    private int[] offsets() {
        int[] offsets = new int[PREFIX + 4 * part.length() + 1];
        int bytes = 0;
        offsets[bytes++] = start;
        for (int i = 0; i < part.length(); i += Character.charCount(part.codePointAt(i))) {
            int length = length(part.codePointAt(i));
            for (int k = 0; k < length; k++) {
                offsets[bytes++] = start + i;
            }
        }
        offsets[bytes++] = start + part.length();
        return Arrays.copyOf(offsets, bytes);
    }

    /// Half of a surrogate pair cannot be encoded: a question mark takes its place.
    private static int length(int codePoint) {
        if (codePoint < 0x80 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
