package dev.godwit.db;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SQL of others made fit to show: literals become `?`, comments go, the rest is cut. A literal that the server's own
/// cut left open is a literal to the end.
///
/// Source: PostgreSQL manual, section 4.1.2.
public final class QueryText {
    private static final int LENGTH_MAX = 120;

    private static final Pattern TOKEN = Pattern.compile("(?<comment>--[^\\n]*|/\\*(?s:.*?)(?:\\*/|$))"
            + "|(?<identifier>\"(?:[^\"]|\"\")*(?:\"|$))"
            + "|(?<escaped>[eE]'(?:[^'\\\\]|\\\\(?s:.)|'')*(?:'|\\\\?$))"
            + "|(?<string>(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*(?:'|$))"
            + "|(?<dollar>\\$(?<tag>[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_\\u0080-\\uffff]*|)\\$(?s:.*?)(?:\\$\\k<tag>\\$|$))"
            + "|(?<word>[A-Za-z_\\u0080-\\uffff][A-Za-z0-9_$\\u0080-\\uffff]*|\\$[0-9]+)"
            + "|(?<number>[0-9][0-9a-zA-Z_.]*)");

    private QueryText() {}

    public static String withoutLiterals(String sql) {
        String bare = TOKEN.matcher(sql).replaceAll(QueryText::replacement);
        String oneLine = bare.strip().replaceAll("\\s+", " ");
        return oneLine.length() <= LENGTH_MAX ? oneLine : oneLine.substring(0, LENGTH_MAX - 1) + "…";
    }

    private static String replacement(MatchResult token) {
        Matcher matcher = (Matcher) token;
        if (matcher.group("comment") != null) {
            return " ";
        }
        boolean name = matcher.group("identifier") != null || matcher.group("word") != null;
        return name ? Matcher.quoteReplacement(matcher.group()) : "?";
    }
}
