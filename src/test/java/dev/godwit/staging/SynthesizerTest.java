package dev.godwit.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows are made in a database whose unique keys and checks are already there, so a row that does not fit is refused;
/// foreign keys are looked at afterwards, as a schema gets them after its rows.
class SynthesizerTest {
    private Session session;

    @BeforeEach
    void open() {
        session = Session.open(DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of()), "test");
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void fillsTablesWhoseKeysFit() {
        session.execute("""
                CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE,
                  code char(6) NOT NULL UNIQUE, boss bigint REFERENCES people);
                CREATE TABLE tags (name varchar(12) PRIMARY KEY);
                CREATE TABLE tagged (person bigint REFERENCES people, tag varchar(12) REFERENCES tags,
                  PRIMARY KEY (person, tag));
                CREATE TABLE passports (person bigint PRIMARY KEY REFERENCES people, number uuid NOT NULL UNIQUE)""");
        session.execute("SET session_replication_role = replica");
        Synthesizer.Filled filled = fill(Map.of("people", 500L, "tags", 40L, "tagged", 3_000L, "passports", 400L));
        assertThat(filled.gaps()).isEmpty();
        assertThat(filled.rows()).isEqualTo(3_940);
        assertThat(count("tagged JOIN people ON id = person JOIN tags ON name = tag"))
                .isEqualTo(3_000);
        assertThat(count("passports JOIN people ON id = person")).isEqualTo(400);
        assertThat(count("people p JOIN people b ON b.id = p.boss")).isEqualTo(500);
        session.execute("INSERT INTO people (email, code) VALUES ('next@example', 'zzzzzz')");
        assertThat(count("people")).isEqualTo(501);
    }

    @Test
    void knowsTheTypesThatSchemasUse() {
        session.execute("""
                CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
                CREATE DOMAIN price AS numeric(8,2) CHECK (VALUE >= 0);
                CREATE TYPE pair AS (a int, b text);
                CREATE TABLE "all types" (a smallint, b int, c bigint, d numeric(5,2), e real, f double precision,
                  g text, h varchar(3), i char(2), j boolean, k date, l timestamp, m timestamptz, n time, o interval,
                  p uuid, q json, r jsonb, s bytea, t inet, u cidr, v int[], w mood, x price, y pair, z tsvector,
                  aa text[] NOT NULL, bb int4range, cc bit(4), dd numeric, ee xml,
                  ff text CHECK (ff IN ('new', 'paid')), gg int GENERATED ALWAYS AS (b * 2) STORED)""");
        assertThat(fill(Map.of("all types", 2_000L)).gaps()).isEmpty();
        assertThat(count("\"all types\" WHERE x IS NOT NULL AND w = 'it''s ok'"))
                .isBetween(600L, 700L);
    }

    @Test
    void saysWhatItCannotFill() {
        session.execute("""
                CREATE TABLE odd (n int CHECK (n * n = -1));
                CREATE TABLE even (n int)""");
        Synthesizer.Filled filled = fill(Map.of("odd", 10L, "even", 10L));
        assertThat(filled.gaps()).hasSize(1).first().asString().contains("public.odd stays empty", "23514");
        assertThat(count("even")).isEqualTo(10);
    }

    @Test
    void insertsOneMoreRow() {
        session.execute("CREATE TABLE t (id int PRIMARY KEY, note text)");
        CatalogSnapshot schema = CatalogReader.read(session, Set.of());
        Synthesizer synthesizer = new Synthesizer(schema, 1.0);
        String sql = synthesizer.insert(schema.tables().getFirst()).orElseThrow();
        session.update(sql, 1_900_000_001L);
        assertThat(count("t WHERE id = 1900000001")).isEqualTo(1);
    }

    /// Lets the catalog believe in row counts, as production's does after ANALYZE, without having them.
    private Synthesizer.Filled fill(Map<String, Long> counts) {
        CatalogSnapshot read = CatalogReader.read(session, Set.of());
        CatalogSnapshot believed = new CatalogSnapshot(
                read.version(),
                read.tables().stream()
                        .map(table -> Believed.rows(
                                table, counts.getOrDefault(table.name().name(), 0L)))
                        .toList(),
                read.objects(),
                read.types());
        return new Synthesizer(believed, 1.0).fill(session, (_, _) -> {});
    }

    private long count(String from) {
        return session.queryOne("SELECT count(*) AS n FROM " + from, row -> row.number("n"))
                .orElseThrow();
    }
}
