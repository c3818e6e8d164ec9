package dev.godwit.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text as a terminal shows it: colours take no room, letters of East Asia and pictures take two columns, marks that
/// stand on the letter before take none.
///
/// Source: Unicode Standard Annex 11, what is Wide, by the blocks that hold it.
///
/// @param text with its colours
/// @param count of columns
record Columns(String text, int count) {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String PLAIN_AGAIN = "\u001b[0m";
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0x303e},
        {0x3041, 0xa4cf},
        {0xa960, 0xa97f},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x1f300, 0x1f64f},
        {0x1f680, 0x1f6ff},
        {0x1f900, 0x1faff},
        {0x20000, 0x3fffd}
    };

    /// @return as much of it as there is room for; what it had coloured ends there
    static Columns cut(String text, int room) {
        Matcher colour = COLOUR.matcher(text);
        StringBuilder kept = new StringBuilder();
        int count = 0;
        boolean coloured = false;
        for (int at = 0; at < text.length(); ) {
            if (colour.region(at, text.length()).lookingAt()) {
                kept.append(colour.group());
                coloured = !colour.group().equals(PLAIN_AGAIN);
                at = colour.end();
                continue;
            }
            int point = text.codePointAt(at);
            int width = width(point);
            if (count + width > room) {
                break;
            }
            kept.appendCodePoint(point);
            count += width;
            at += Character.charCount(point);
        }
        return new Columns(coloured ? kept + PLAIN_AGAIN : kept.toString(), count);
    }

    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (point >= range[0] && point <= range[1]) {
                return 2;
            }
        }
        return 1;
    }
}
