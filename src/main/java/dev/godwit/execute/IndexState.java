package dev.godwit.execute;

import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// An index as the catalog has it.
///
/// @param shape everything that makes two indexes the same but for name and table: see [#SHAPE]
record IndexState(QualifiedName name, QualifiedName table, boolean valid, String shape) {
    /// Method, uniqueness, columns and expressions, operator classes, collations, orders, predicate, options: taken
    /// apart by the server, so that no text of names or literals is compared.
    private static final String SHAPE = """
            jsonb_build_array(m.amname, x.indisunique, x.indnkeyatts, x.indclass::text, x.indcollation::text,
              x.indoption::text, to_jsonb(x) -> 'indnullsnotdistinct', pg_get_expr(x.indpred, x.indrelid), c.reloptions,
              (SELECT jsonb_agg(pg_get_indexdef(c.oid, k, false) ORDER BY k)
               FROM generate_series(1, x.indnatts) k))::text""";

    private static final String SELECT = "SELECT n.nspname AS schema, c.relname AS name, tn.nspname AS table_schema,"
            + " t.relname AS table_name, x.indisvalid AND x.indisready AND x.indislive AS valid, " + SHAPE + " AS shape"
            + """
             FROM pg_catalog.pg_index x
            JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_am m ON m.oid = c.relam
            JOIN pg_catalog.pg_class t ON t.oid = x.indrelid
            JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
            WHERE\s""";

    static Optional<IndexState> find(Session session, QualifiedName index) {
        return session.queryOne(
                SELECT + "n.nspname = ? AND c.relname = ?", IndexState::of, index.schema(), index.name());
    }

    static List<IndexState> onTable(Session session, QualifiedName table) {
        return session.query(
                SELECT + "tn.nspname = ? AND t.relname = ? ORDER BY c.relname",
                IndexState::of,
                table.schema(),
                table.name());
    }

    /// @return the index of that name on the temporary table of the session's own
    static Optional<IndexState> temporary(Session session, String table) {
        return session
                .query(
                        SELECT + "t.oid = (quote_ident('pg_temp') || '.' || quote_ident(?))::regclass",
                        IndexState::of,
                        table)
                .stream()
                .findFirst();
    }

    private static IndexState of(Row row) {
        return new IndexState(
                new QualifiedName(row.text("schema"), row.text("name")),
                new QualifiedName(row.text("table_schema"), row.text("table_name")),
                row.flag("valid"),
                row.text("shape"));
    }

    /// @return the pid of the session that builds this index at the moment
    OptionalInt builder(Session session) {
        return session.queryOne("""
                        SELECT p.pid FROM pg_catalog.pg_stat_progress_create_index p
                        JOIN pg_catalog.pg_class c ON c.oid = p.index_relid
                        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = ? AND c.relname = ? AND p.datname = current_database()""", row -> Math.toIntExact(row.number("pid")), name.schema(), name.name())
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    void drop(Session session) {
        session.execute("DROP INDEX CONCURRENTLY IF EXISTS " + name.sql());
    }
}
