package dev.godwit.cli;

import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.RowFingerprint;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a database holds, to be compared before and after: its schema, the rows of every table, Godwit's ledger.
record ProductionState(String schema, List<String> tables, List<String> ledger) {
    static ProductionState of(String url) {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test")) {
            List<String> tables = session
                    .query(
                            "SELECT relname::text AS name FROM pg_class WHERE relkind = 'r'"
                                    + " AND relnamespace = 'public'::regnamespace ORDER BY 1",
                            row -> row.text("name"))
                    .stream()
                    .map(name -> name + " " + RowFingerprint.of(session, QualifiedName.inPublic(name), List.of()))
                    .toList();
            return new ProductionState(Fingerprint.of(CatalogReader.read(session, Set.of())), tables, ledger(session));
        }
    }

    /// @return every row of every table in schema `godwit`, as text
    private static List<String> ledger(Session session) {
        List<String> rows = new ArrayList<>();
        session.query(
                        "SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                                + " WHERE nspname = 'godwit' AND relkind = 'r' ORDER BY 1",
                        row -> row.text("name"))
                .forEach(table -> rows.addAll(session.query(
                        "SELECT t::text AS row FROM " + table + " t ORDER BY 1", row -> row.text("row"))));
        return rows;
    }
}
