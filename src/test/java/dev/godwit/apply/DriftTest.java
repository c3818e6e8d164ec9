package dev.godwit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.staging.TestClusters;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What became of a schema since its rehearsal, in words.
class DriftTest {
    private static CatalogSnapshot read(Session session) {
        return CatalogReader.read(session, Set.of());
    }

    @Test
    void columnsIndexesAndConstraintsAreNamedAsAddedGoneOrChanged() {
        try (Session session = Session.open(DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of()), "test")) {
            session.execute("CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE INDEX i ON t (a);"
                    + "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
            CatalogSnapshot rehearsed = read(session);
            session.execute("ALTER TABLE t ALTER a SET NOT NULL, ADD \"Odd \u001b[2J\nname\" int, DROP b,"
                    + " ADD CONSTRAINT positive CHECK (id > 0); DROP INDEX i; CREATE INDEX j ON t (id);"
                    + "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1" + "1".repeat(500) + "'");

            String drift = Drift.between(rehearsed, read(session));

            assertThat(drift)
                    .contains("table public.t changed: - a text, - b integer")
                    .contains("+ a text NOT NULL", "+ \"Odd ?[2J, + name\" integer")
                    .contains("index public.i is gone", "index public.j was added")
                    .contains("positive was added", "function public.f() changed: ", "…")
                    .doesNotContain("\u001b", "\n")
                    .hasSizeLessThan(1000);
        }
    }

    @Test
    void manyAreCounted() {
        try (Session session = Session.open(DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of()), "test")) {
            CatalogSnapshot rehearsed = read(session);
            session.execute(
                    "DO $$ BEGIN FOR n IN 1..20 LOOP EXECUTE 'CREATE TABLE t' || n || ' (a int)'; END LOOP; END $$");
            assertThat(Drift.between(rehearsed, read(session))).contains("table public.t1 was added", "; and 15 more");
        }
    }

    @Test
    void aGrantIsNoDrift() {
        try (Session session = Session.open(DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of()), "test")) {
            session.execute("CREATE TABLE t (a int)");
            CatalogSnapshot rehearsed = read(session);
            session.execute("GRANT SELECT ON t TO pg_monitor; ALTER TABLE t ADD b int");
            assertThat(Drift.between(rehearsed, read(session))).isEqualTo("table public.t changed: + b integer");
        }
    }
}
