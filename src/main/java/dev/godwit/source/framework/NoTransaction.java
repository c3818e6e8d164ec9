package dev.godwit.source.framework;

import java.util.regex.Pattern;

/// Statements that PostgreSQL refuses in a transaction block, by their words, for new files only: whoever wrote the
/// text can still see and change what was made of it. What is already there is judged by PostgreSQL's own parser.
final class NoTransaction {
    private static final Pattern STATEMENT = Pattern.compile("(?is)\\bCONCURRENTLY\\b|(?:^|;)\\s*VACUUM\\b"
            + "|\\b(?:CREATE|DROP)\\s+(?:DATABASE|TABLESPACE|SUBSCRIPTION)\\b|\\bALTER\\s+SYSTEM\\b"
            + "|\\bREINDEX\\s+(?:\\(.*?\\)\\s*)?(?:SCHEMA|DATABASE|SYSTEM)\\b|\\bDISCARD\\s+ALL\\b");

    private NoTransaction() {}

    static boolean wantedBy(String sql) {
        return STATEMENT.matcher(sql).find();
    }
}
