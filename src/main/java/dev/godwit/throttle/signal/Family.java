package dev.godwit.throttle.signal;

/// A table with all that inherits from it, its partitions among them.
final class Family {
    /// Two parameters, schema and name; what follows may ask `family` for its column `oid`.
    static final String OF_TABLE = """
            WITH RECURSIVE family AS (
              SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND c.relname = ?
              UNION ALL
              SELECT i.inhrelid FROM family f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid
            )
            """;

    private Family() {}
}
