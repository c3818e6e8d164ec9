package dev.godwit.source.framework;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Source text of a scripting language with what is no code blanked, so that a word found is a word of the program.
/// Every other character keeps its place.
///
/// This reads tokens, not grammar: a quote inside a regular expression or `%q()` can hide code that follows.
final class CodeMask {
    private static final String STRINGS =
            "|(?<string>'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'" + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\")";

    /// Ruby's heredoc goes from the next line to the line that holds its tag.
    static final CodeMask RUBY = new CodeMask("(?<comment>^=begin\\b.*?^=end\\b|#[^\\n]*)"
            + "|<<[~-]?(?<q>['\"]?)(?<tag>[A-Z_]\\w*)\\k<q>[^\\n]*\\n(?<body>.*?)^[ \\t]*\\k<tag>\\b" + STRINGS);

    /// `#[` opens an attribute, not a comment.
    static final CodeMask PHP = new CodeMask("(?<comment>//[^\\n]*|#(?!\\[)[^\\n]*|/\\*.*?\\*/)"
            + "|<<<[ \\t]*(?<q>['\"]?)(?<tag>\\w+)\\k<q>\\n(?<body>.*?)^[ \\t]*\\k<tag>\\b" + STRINGS);

    private final Pattern noCode;

    private CodeMask(String noCode) {
        this.noCode = Pattern.compile(noCode, Pattern.DOTALL | Pattern.MULTILINE);
    }

    /// @return the text without comments and without the content of strings
    String code(String text) {
        return blank(text, List.of("comment", "body", "string"));
    }

    /// @return the text without comments
    String withoutComments(String text) {
        return blank(text, List.of("comment"));
    }

    private String blank(String text, List<String> groups) {
        StringBuilder blanked = new StringBuilder(text);
        Matcher matcher = noCode.matcher(text);
        while (matcher.find()) {
            for (String group : groups) {
                for (int i = Math.max(0, matcher.start(group)); i < matcher.end(group); i++) {
                    blanked.setCharAt(i, text.charAt(i) == '\n' ? '\n' : ' ');
                }
            }
        }
        return blanked.toString();
    }
}
