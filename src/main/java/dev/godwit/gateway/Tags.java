package dev.godwit.gateway;

/// Command tags: `INSERT 0 5`, `SELECT 3`, `ALTER TABLE`.
///
/// Source: PostgreSQL manual, section 54.7, CommandComplete.
final class Tags {
    private static final int MOST_DIGITS = 18;

    private Tags() {}

    /// @return the number at the end of the tag, 0 when it has none
    static long rows(String tag) {
        int from = tag.lastIndexOf(' ') + 1;
        int digits = tag.length() - from;
        if (digits == 0 || digits > MOST_DIGITS) {
            return 0;
        }
        long rows = 0;
        for (int i = from; i < tag.length(); i++) {
            int digit = tag.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            rows = rows * 10 + digit;
        }
        return rows;
    }
}
