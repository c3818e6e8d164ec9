package dev.godwit.db;

/// How far the server has written its write-ahead log, in bytes since its beginning; the difference of two is what all
/// sessions wrote between.
///
/// Source: PostgreSQL manual, section 9.28.3, `pg_current_wal_insert_lsn`.
public record WalPosition(long bytes) {
    public static WalPosition of(Queries session) {
        return session.queryOne(
                        "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS bytes",
                        row -> new WalPosition(row.number("bytes")))
                .orElseThrow();
    }

    public long since(WalPosition earlier) {
        return bytes - earlier.bytes;
    }
}
