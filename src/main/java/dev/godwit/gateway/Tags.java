package dev.godwit.gateway;

/// Command tags: `INSERT 0 5`, `SELECT 3`, `ALTER TABLE`.
///
/// Source: PostgreSQL manual, section 54.7, CommandComplete.
final class Tags {
    private Tags() {}

    /// @return the number at the end of the tag, 0 when it has none
    static long rows(String tag) {
        String last = tag.substring(tag.lastIndexOf(' ') + 1);
        return last.matches("[0-9]{1,18}") ? Long.parseLong(last) : 0;
    }
}
