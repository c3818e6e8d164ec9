package dev.godwit.execute;

import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;

/// A table without a key is gone through as it lies on disk, block by block.
///
/// An UPDATE puts the new version of a row elsewhere, before or behind: this is for statements whose rows stop matching
/// once they are changed, and for no others. A pass ends where the table ended when it began; what was put behind that
/// belongs to the next pass. A place is two numbers as text: the block reached, and that end.
///
/// @param tidRanges whether the server reads a range of `ctid` alone (PostgreSQL 14 and later); else each place in it
/// is
///     named, 291 to a block of 8 kB (`MaxHeapTuplesPerPage`)
/// @param largest a query for the blocks of the largest table of the family
record BackfillBlocks(boolean tidRanges, int blockBytes, int rowsPerBlock, String largest) implements BackfillPath {
    private static final int TID_RANGES_SINCE = 14;
    private static final int PAGE_HEADER_BYTES = 24;
    private static final int SMALLEST_TUPLE_BYTES = 28;
    private static final int FEW_ROWS_PER_BLOCK = 50;

    private static final String FAMILY = """
            WITH RECURSIVE family AS (
              SELECT %s::oid AS oid
              UNION ALL
              SELECT i.inhrelid FROM family f JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid
            )
            """;

    private static final String LOOK = """
            SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ?""";

    private static final String SHAPE = FAMILY + """
            SELECT bool_and(c.relkind = 'p' OR coalesce(m.amname = 'heap', false)) AS heap,
              current_setting('block_size')::int AS block_bytes,
              coalesce(max(ceil(c.reltuples / nullif(c.relpages, 0))) FILTER (WHERE c.reltuples > 0), 0)::int AS density
            FROM family f JOIN pg_catalog.pg_class c ON c.oid = f.oid LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam""";

    private static final String BLOCKS = FAMILY + """
            SELECT coalesce(max(pg_catalog.pg_relation_size(f.oid)), 0) / %d AS ends FROM family f
            JOIN pg_catalog.pg_class c ON c.oid = f.oid WHERE c.relkind <> 'p'""";

    /// @return empty for what has no blocks of this kind: foreign tables, views, other access methods
    static Optional<BackfillBlocks> find(Session session, QualifiedName table) {
        return session.queryOne(LOOK, row -> row.number("oid"), table.schema(), table.name())
                .flatMap(oid -> session.queryOne(SHAPE.formatted(oid), row -> of(session, oid, row)))
                .flatMap(found -> found);
    }

    private static Optional<BackfillBlocks> of(Session session, long oid, Row row) {
        if (!row.flag("heap")) {
            return Optional.empty();
        }
        int bytes = Math.toIntExact(row.number("block_bytes"));
        int density = Math.toIntExact(row.number("density"));
        return Optional.of(new BackfillBlocks(
                session.serverVersion().atLeast(TID_RANGES_SINCE),
                bytes,
                density == 0 ? FEW_ROWS_PER_BLOCK : density,
                BLOCKS.formatted(oid, bytes)));
    }

    @Override
    public String name() {
        return "ctid";
    }

    @Override
    public String range(String correlation, List<String> above, List<String> upTo) {
        if (above.isEmpty() && upTo.isEmpty()) {
            return "true";
        }
        String from = above.isEmpty() ? "0" : above.getFirst();
        String to = upTo.isEmpty() ? above.getLast() : upTo.getFirst();
        return tidRanges
                ? "%s.ctid >= '(%s,0)'::tid AND %s.ctid < '(%s,0)'::tid".formatted(correlation, from, correlation, to)
                : "%s.ctid = ANY (ARRAY(SELECT ('(' || b || ',' || o || ')')::tid FROM generate_series(%s, %s - 1) b,"
                                .formatted(correlation, from, to)
                        + " generate_series(1, " + mostRowsPerBlock() + ") o))";
    }

    private int mostRowsPerBlock() {
        return (blockBytes - PAGE_HEADER_BYTES) / SMALLEST_TUPLE_BYTES;
    }

    @Override
    public String next(BatchText text, List<String> above, int rows) {
        long blocks = Math.max(1, rows / rowsPerBlock);
        long to = (above.isEmpty() ? 0 : Long.parseLong(above.getFirst())) + blocks;
        String ends = above.isEmpty() ? largest : "SELECT " + above.getLast() + "::bigint AS ends";
        return "SELECT ARRAY['" + to + "', s.ends::text] AS key FROM (" + ends + ") s WHERE s.ends > " + to;
    }
}
