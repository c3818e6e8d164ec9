package dev.godwit.report.format;

import java.util.regex.Pattern;

/// Text that is to be read as it stands in a Markdown document, whatever is in it: a column may be called `@everyone`,
/// a table `<img src=x>`.
final class Markdown {
    private static final Pattern SIGNS = Pattern.compile("[\\\\`*_{}\\[\\]()#+!|~]");

    /// The longest quotation; a statement of a megabyte is nothing that a comment can hold.
    private static final int MOST_CHARACTERS = 2_000;

    private Markdown() {}

    static String text(String text) {
        return SIGNS.matcher(text)
                .replaceAll("\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("\\#", "&#35;");
    }

    /// @return in a line of text
    static String code(String text) {
        String fence = "`".repeat(longestRun(text) + 1);
        String pad = text.contains("`") ? " " : "";
        return fence + pad + text.replace('\n', ' ') + pad + fence;
    }

    /// @return lines of their own
    static String block(String language, String text) {
        String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
        return fence + language + "\n" + cut(text) + "\n" + fence + "\n";
    }

    private static String cut(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        int end = text.offsetByCodePoints(0, text.codePointCount(0, MOST_CHARACTERS));
        return text.substring(0, end) + "\n…";
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
