package dev.godwit.source.framework;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// SQL for SQLAlchemy's `text()`, which `op.execute` makes of a string.
public final class SqlAlchemyText {
    /// What it takes for a parameter, and what it takes for an escaped one.
    private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w\\\\]):(?=\\w)");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(?=:)");

    private SqlAlchemyText() {}

    /// @return the SQL with its colons escaped, so that what is sent is what was given
    public static String of(String sql) {
        String doubled = ESCAPED.matcher(sql).replaceAll("\\\\\\\\");
        return PARAMETER.matcher(doubled).replaceAll((MatchResult _) -> "\\\\:");
    }
}
