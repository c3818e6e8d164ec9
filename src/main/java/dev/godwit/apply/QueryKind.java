package dev.godwit.apply;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The first word of a statement, where it is one of SQL's: all of a stranger's query that may be shown, since the rest
/// may hold personal data.
final class QueryKind {
    private static final Pattern FIRST = Pattern.compile("(?s)(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/|\\()*+([A-Za-z]+)\\b.*");

    private static final Set<String> WORDS = Set.of(
            "ALTER",
            "ANALYZE",
            "BEGIN",
            "CALL",
            "CLUSTER",
            "COMMIT",
            "COPY",
            "CREATE",
            "DECLARE",
            "DELETE",
            "DO",
            "DROP",
            "EXECUTE",
            "EXPLAIN",
            "FETCH",
            "GRANT",
            "INSERT",
            "LOCK",
            "MERGE",
            "REFRESH",
            "REINDEX",
            "RELEASE",
            "ROLLBACK",
            "SAVEPOINT",
            "SELECT",
            "SET",
            "SHOW",
            "START",
            "TABLE",
            "TRUNCATE",
            "UPDATE",
            "VACUUM",
            "VALUES",
            "WITH");

    private QueryKind() {}

    /// @param query as `pg_stat_activity` has it, cut anywhere
    /// @return `SELECT`; empty when its first word is none of SQL's
    static String of(String query) {
        Matcher first = FIRST.matcher(query);
        String word = first.matches() ? first.group(1).toUpperCase(Locale.ROOT) : "";
        return WORDS.contains(word) ? word : "";
    }
}
