package dev.godwit.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.Session;
import dev.godwit.db.TestSessions;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.GodwitException;
import dev.godwit.staging.SchemaBuilder.Unmade;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaBuilderTest {
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void rebuildsARichSchemaExactly(int major) {
        try (Session production = TestSessions.fresh(major);
                Session staging = TestSessions.fresh(major)) {
            production.execute(TestSessions.richSchema());
            CatalogSnapshot snapshot = read(production);
            SchemaBuilder builder = new SchemaBuilder(staging, snapshot);
            builder.beforeRows();
            assertThat(builder.afterRows()).extracting(Unmade::sentence).isEmpty();
            assertThat(Fingerprint.differences(snapshot, read(staging))).isEmpty();
            assertThat(Fingerprint.of(read(staging))).isEqualTo(Fingerprint.of(snapshot));
        }
    }

    @Test
    void leavesIndexesKeysAndTriggersForAfterTheRows() {
        try (Session production = TestSessions.fresh(15);
                Session staging = TestSessions.fresh(15)) {
            production.execute(
                    "CREATE TABLE t (id integer PRIMARY KEY, parent integer REFERENCES t, b integer CHECK (b > 0))");
            production.execute("CREATE INDEX ON t (b); CREATE VIEW v AS SELECT * FROM t");
            SchemaBuilder builder = new SchemaBuilder(staging, read(production));
            assertThat(builder.beforeRows()).isEmpty();
            assertThat(kinds(read(staging)))
                    .contains(SchemaObject.Kind.TABLE, SchemaObject.Kind.CHECK, SchemaObject.Kind.VIEW)
                    .doesNotContain(
                            SchemaObject.Kind.INDEX, SchemaObject.Kind.CONSTRAINT, SchemaObject.Kind.FOREIGN_KEY);
            assertThat(builder.afterRows()).isEmpty();
            assertThat(Fingerprint.of(read(staging))).isEqualTo(Fingerprint.of(read(production)));
        }
    }

    @Test
    void resolvesDependenciesAgainstTheOrderOfKinds() {
        try (Session production = TestSessions.fresh(18);
                Session staging = TestSessions.fresh(18)) {
            production.execute("""
                    CREATE TABLE base (id integer PRIMARY KEY, name text);
                    CREATE VIEW by_key AS SELECT id, name, count(*) AS n FROM base GROUP BY id;
                    CREATE FUNCTION from_view() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM by_key; END;
                    CREATE FUNCTION positive(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
                    CREATE DOMAIN checked AS integer CHECK (positive(VALUE));
                    CREATE TABLE late (a checked, b bigint DEFAULT from_view(), c integer GENERATED ALWAYS AS (abs(1)) STORED,
                                       d boolean GENERATED ALWAYS AS (positive(5)) STORED);
                    CREATE VIEW a_view AS SELECT * FROM late;
                    CREATE VIEW b_view AS SELECT a.* FROM a_view a;
                    CREATE FUNCTION of_row(late) RETURNS integer LANGUAGE sql AS 'SELECT 1';
                    """);
            SchemaBuilder builder = new SchemaBuilder(staging, read(production));
            builder.beforeRows();
            assertThat(builder.afterRows()).isEmpty();
            assertThat(Fingerprint.differences(read(production), read(staging))).isEmpty();
        }
    }

    @Test
    void saysWhatItCouldNotMakeAndWhy() {
        try (Session production = TestSessions.fresh(15);
                Session staging = TestSessions.fresh(15)) {
            production.execute("CREATE TABLE t (id integer PRIMARY KEY); GRANT SELECT ON t TO pg_monitor");
            CatalogSnapshot read = read(production);
            CatalogSnapshot snapshot = new CatalogSnapshot(
                    read.version(),
                    read.tables(),
                    List.of(
                            new SchemaObject(
                                    SchemaObject.Kind.GRANT, "TABLE t to app", "GRANT SELECT ON TABLE public.t TO app"),
                            new SchemaObject(
                                    SchemaObject.Kind.EXTENSION,
                                    "no_such",
                                    "CREATE EXTENSION IF NOT EXISTS no_such WITH SCHEMA public"),
                            read.objects().stream()
                                    .filter(object -> object.kind() == SchemaObject.Kind.TABLE)
                                    .findFirst()
                                    .orElseThrow(),
                            new SchemaObject(
                                    SchemaObject.Kind.SCHEMA, "public", "CREATE SCHEMA IF NOT EXISTS public")));
            SchemaBuilder builder = new SchemaBuilder(staging, snapshot);
            builder.beforeRows();
            assertThat(builder.afterRows())
                    .extracting(Unmade::sentence)
                    .anySatisfy(line ->
                            assertThat(line).startsWith("extension no_such: ").contains("not"))
                    .anySatisfy(line -> assertThat(line).isEqualTo("grant TABLE t to app: role \"app\" does not exist"))
                    .hasSize(2);
            assertThat(read(staging).tables()).hasSize(1);
        }
    }

    @Test
    void saysThatAnInvalidIndexIsValidOnStaging() {
        try (Session production = TestSessions.fresh(15);
                Session staging = TestSessions.fresh(15)) {
            production.execute("CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (1)");
            assertThatThrownBy(() -> production.execute("CREATE UNIQUE INDEX CONCURRENTLY twice ON t (a)"))
                    .hasMessageContaining("could not create unique index");
            SchemaBuilder builder = new SchemaBuilder(staging, read(production));
            builder.beforeRows();
            assertThat(builder.afterRows())
                    .extracting(Unmade::sentence)
                    .containsExactly("index public.twice: invalid in the snapshot, valid here");
        }
    }

    @Test
    void takesPublicAwayWhereProductionHasNone() {
        try (Session production = TestSessions.fresh(15);
                Session staging = TestSessions.fresh(15)) {
            production.execute("DROP SCHEMA public; CREATE SCHEMA app; CREATE TABLE app.t (id integer)");
            SchemaBuilder builder = new SchemaBuilder(staging, read(production));
            builder.beforeRows();
            assertThat(builder.afterRows()).isEmpty();
            assertThat(Fingerprint.of(read(staging))).isEqualTo(Fingerprint.of(read(production)));
        }
    }

    @Test
    void refusesAnotherMajorAndADatabaseThatIsNotEmpty() {
        try (Session staging = TestSessions.fresh(15)) {
            CatalogSnapshot other = new CatalogSnapshot(PostgresVersion.ofMajor(13), List.of(), List.of());
            assertThatThrownBy(() -> new SchemaBuilder(staging, other).beforeRows())
                    .isInstanceOf(GodwitException.class)
                    .hasMessage("the staging server is PostgreSQL 15, production is 13");
            staging.execute("CREATE TABLE precious (id integer)");
            CatalogSnapshot same = new CatalogSnapshot(staging.serverVersion(), List.of(), List.of());
            assertThatThrownBy(() -> new SchemaBuilder(staging, same).beforeRows())
                    .hasMessage("the staging database is not empty: it holds 1 relations");
            assertThat(read(staging).tables()).hasSize(1);
        }
    }

    @Test
    void rebuildsThousandsOfTablesInSeconds() {
        try (Session production = TestSessions.fresh(15);
                Session staging = TestSessions.fresh(15)) {
            production.execute("""
                    DO $$ BEGIN FOR i IN 1..2000 LOOP
                        EXECUTE format('CREATE TABLE t%s (id bigint PRIMARY KEY, a text NOT NULL DEFAULT ''x'', b integer CHECK (b > 0))', i);
                        IF i % 500 = 0 THEN COMMIT; END IF;
                    END LOOP; END $$
                    """);
            CatalogSnapshot snapshot = read(production);
            long started = System.nanoTime();
            SchemaBuilder builder = new SchemaBuilder(staging, snapshot);
            builder.beforeRows();
            assertThat(builder.afterRows()).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(60));
            assertThat(Fingerprint.of(read(staging))).isEqualTo(Fingerprint.of(snapshot));
        }
    }

    private static CatalogSnapshot read(Session session) {
        return CatalogReader.read(session, Set.of());
    }

    private static List<SchemaObject.Kind> kinds(CatalogSnapshot snapshot) {
        return snapshot.objects().stream().map(SchemaObject::kind).toList();
    }
}
