package dev.godwit.postgres;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// The eight table-level lock modes, weakest first.
///
/// Source: PostgreSQL manual, section 13.3.1, table 13.2.
public enum LockMode {
    ACCESS_SHARE(8),
    ROW_SHARE(7, 8),
    ROW_EXCLUSIVE(5, 6, 7, 8),
    SHARE_UPDATE_EXCLUSIVE(4, 5, 6, 7, 8),
    SHARE(3, 4, 6, 7, 8),
    SHARE_ROW_EXCLUSIVE(3, 4, 5, 6, 7, 8),
    EXCLUSIVE(2, 3, 4, 5, 6, 7, 8),
    ACCESS_EXCLUSIVE(1, 2, 3, 4, 5, 6, 7, 8);

    /// What a lock mode stops others from doing, in plain words.
    public enum Blocks {
        NOTHING,
        SCHEMA_CHANGES,
        WRITES,
        READS_AND_WRITES
    }

    /// One bit for each mode of the manual's numbering, 1 for ACCESS SHARE.
    private final int conflictBits;

    LockMode(int... conflictNumbers) {
        this.conflictBits = Arrays.stream(conflictNumbers).reduce(0, (bits, number) -> bits | (1 << number));
    }

    public boolean conflictsWith(LockMode other) {
        return (conflictBits & (1 << (other.ordinal() + 1))) != 0;
    }

    public Set<LockMode> conflicts() {
        Set<LockMode> found = EnumSet.allOf(LockMode.class);
        found.removeIf(other -> !conflictsWith(other));
        return found;
    }

    /// SELECT takes ACCESS SHARE; INSERT, UPDATE, DELETE and MERGE take ROW EXCLUSIVE.
    public Blocks blocks() {
        if (conflictsWith(ACCESS_SHARE)) {
            return Blocks.READS_AND_WRITES;
        }
        if (conflictsWith(ROW_EXCLUSIVE)) {
            return Blocks.WRITES;
        }
        return conflictsWith(SHARE_UPDATE_EXCLUSIVE) ? Blocks.SCHEMA_CHANGES : Blocks.NOTHING;
    }

    public boolean strongerThan(LockMode other) {
        return compareTo(other) > 0;
    }

    /// @return the name as the manual and `LOCK TABLE` write it, `ACCESS EXCLUSIVE`
    public String sql() {
        return name().replace('_', ' ');
    }

    /// @param mode as `pg_locks.mode` writes it, `AccessExclusiveLock`
    public static LockMode fromPgLocks(String mode) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.pgLocks().equals(mode))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a table lock mode: " + mode));
    }

    /// @return the name as `pg_locks.mode` writes it, `AccessExclusiveLock`
    public String pgLocks() {
        StringBuilder words = new StringBuilder();
        for (String word : name().split("_", -1)) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.append("Lock").toString();
    }
}
