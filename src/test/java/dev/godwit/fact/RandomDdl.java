package dev.godwit.fact;

import dev.godwit.statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Writes statements about the relations that a model knows; many of them succeed.
final class RandomDdl {
    private final SplittableRandom random;
    private final List<RelationModel> tables;
    private final List<RelationModel> relations;
    private final RandomAlter alter;

    RandomDdl(SchemaModel model, long seed) {
        random = new SplittableRandom(seed);
        relations = model.all().stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
        tables = relations.stream()
                .filter(relation -> relation.kind() == ObjectKind.TABLE)
                .toList();
        alter = new RandomAlter(random, tables, relations);
    }

    String statement() {
        return switch (random.nextInt(24)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 -> alter.statement();
            case 12, 13 -> createTable();
            case 14, 15 -> createIndex();
            case 16, 17 -> drop();
            case 18 -> create();
            case 19 -> types();
            case 20 -> rename();
            case 21 -> maintenance();
            case 22 -> annotate();
            default -> attach();
        };
    }

    private String createTable() {
        Named table = table();
        return "CREATE TABLE "
                + one(
                        "fresh (id bigint, note text)",
                        "fresh (id bigint REFERENCES " + table + " (id))",
                        "fresh (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES " + table + ")",
                        "fresh (LIKE " + table + one("", " INCLUDING ALL", " INCLUDING INDEXES") + ")",
                        "fresh () INHERITS (" + table + ")",
                        "fresh (extra text) INHERITS (base)",
                        "fresh AS SELECT * FROM " + table + one("", " WITH NO DATA"),
                        "fresh PARTITION OF p FOR VALUES FROM ('2029-01-01') TO ('2030-01-01')",
                        "fresh PARTITION OF p FOR VALUES FROM ('2026-12-31') TO ('2030-01-01')",
                        "fresh PARTITION OF p DEFAULT",
                        "fresh PARTITION OF p2 FOR VALUES IN (70, 80)",
                        "fresh PARTITION OF h FOR VALUES WITH (MODULUS 4, REMAINDER 1)",
                        "fresh OF pair",
                        "IF NOT EXISTS " + table + " (id bigint)",
                        "fresh (id bigint, c positive, d mood, EXCLUDE USING btree (id WITH =))",
                        "fresh (id bigint, at date) PARTITION BY RANGE (at)");
    }

    private String createIndex() {
        Named table = table();
        return "CREATE " + maybe("UNIQUE ") + "INDEX " + one("", "fresh_idx ", "IF NOT EXISTS fresh_idx ") + "ON "
                + maybe("ONLY ") + table + one("", "", " USING hash", " USING brin")
                + one(
                        " (" + column(table) + ")",
                        " (" + column(table) + ", " + column(table) + ")",
                        " (" + column(table) + ") WHERE " + column(table) + " IS NOT NULL",
                        " ((" + column(table) + " IS NULL))");
    }

    private String drop() {
        return one(
                "DROP TABLE " + table() + maybe(" CASCADE"),
                "DROP TABLE " + table() + " CASCADE",
                "DROP TABLE IF EXISTS " + table() + ", " + table() + " CASCADE",
                "DROP INDEX " + index() + maybe(" CASCADE"),
                "DROP INDEX " + index(),
                "DROP VIEW " + one("v0 CASCADE", "v0", "v1", "v_simple", "v1, v_simple", "v0, v1"),
                "DROP MATERIALIZED VIEW " + one("m", "m_of_view", "m CASCADE"),
                "DROP SEQUENCE " + one("counter", "counter CASCADE", "owned", "other.counter"),
                "DROP SCHEMA other CASCADE",
                "DROP TYPE " + one("mood", "pair") + " CASCADE",
                "DROP DOMAIN " + one("label", "positive", "present", "big_positive") + maybe(" CASCADE"),
                "DROP FUNCTION " + one("touch()", "touch_too()", "f_vol()", "f_imm(integer)") + maybe(" CASCADE"),
                "DROP TRIGGER " + one("a_touch ON t0", "b_touch ON t1", "p_touch ON p"),
                "DROP RULE a_rule ON t2",
                "DROP POLICY a_policy ON t3",
                "DROP STATISTICS a_stats",
                "DROP PUBLICATION a_pub",
                "TRUNCATE " + maybe("ONLY ") + table() + one("", " CASCADE", " RESTART IDENTITY CASCADE"),
                "TRUNCATE " + table() + ", " + table() + maybe(" CASCADE"),
                "TRUNCATE " + table() + " RESTART IDENTITY");
    }

    private String create() {
        Named table = table();
        return one(
                "CREATE VIEW fresh AS SELECT * FROM " + table,
                "CREATE VIEW fresh AS SELECT * FROM v1",
                "CREATE OR REPLACE VIEW v0 AS SELECT id, c0 FROM t0 WHERE id > 0",
                "CREATE OR REPLACE VIEW v_simple AS SELECT id, note, 1 AS more FROM child",
                "CREATE MATERIALIZED VIEW fresh AS SELECT * FROM " + table + maybe(" WITH NO DATA"),
                "CREATE SEQUENCE fresh OWNED BY " + table + "." + column(table),
                "CREATE TRIGGER fresh " + one("BEFORE", "AFTER") + " INSERT ON " + table + " FOR EACH "
                        + one("ROW", "STATEMENT") + " EXECUTE FUNCTION touch()",
                "CREATE CONSTRAINT TRIGGER fresh AFTER INSERT ON " + table + " FROM " + table()
                        + " FOR EACH ROW EXECUTE FUNCTION touch()",
                "CREATE RULE fresh AS ON INSERT TO " + table + " DO ALSO NOTHING",
                "CREATE POLICY fresh ON " + table + " USING (true)",
                "CREATE STATISTICS fresh ON " + column(table) + ", " + column(table) + " FROM " + table,
                "CREATE PUBLICATION fresh FOR TABLE " + table,
                "CREATE SCHEMA fresh CREATE TABLE inside (id bigint)",
                "CREATE TYPE fresh AS (a integer)",
                "CREATE DOMAIN fresh AS integer CHECK (VALUE > 0)",
                "CREATE FUNCTION fresh() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                "CREATE AGGREGATE fresh (integer) (sfunc = int4pl, stype = integer)",
                "CREATE TYPE fresh AS ENUM ('a')",
                "CREATE TYPE fresh AS RANGE (subtype = integer)");
    }

    private String types() {
        return one(
                "ALTER TYPE mood ADD VALUE 'fine'",
                "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
                "ALTER TYPE mood RENAME TO temper",
                "ALTER TYPE pair ADD ATTRIBUTE c integer" + maybe(" CASCADE"),
                "ALTER TYPE pair DROP ATTRIBUTE b" + maybe(" CASCADE"),
                "ALTER TYPE pair ALTER ATTRIBUTE b TYPE varchar(20) CASCADE",
                "ALTER TYPE pair RENAME ATTRIBUTE a TO z CASCADE",
                "ALTER TYPE pair SET SCHEMA other",
                "ALTER DOMAIN positive ADD CONSTRAINT fresh CHECK (VALUE < 1000)" + maybe(" NOT VALID"),
                "ALTER DOMAIN label ADD CHECK (VALUE <> '')" + maybe(" NOT VALID"),
                "ALTER DOMAIN positive VALIDATE CONSTRAINT below",
                "ALTER DOMAIN positive DROP CONSTRAINT above",
                "ALTER DOMAIN " + one("positive", "label", "big_positive") + " SET NOT NULL",
                "ALTER DOMAIN present DROP NOT NULL",
                "ALTER DOMAIN positive SET DEFAULT 1",
                "ALTER DOMAIN positive RENAME TO upbeat",
                "ALTER DOMAIN label SET SCHEMA other");
    }

    private String rename() {
        Named table = table();
        return one(
                "ALTER TABLE " + table + " RENAME TO fresh",
                "ALTER TABLE " + table + " RENAME COLUMN " + column(table) + " TO fresh",
                "ALTER TABLE " + table + " RENAME CONSTRAINT " + alter.constraint(table.model()) + " TO fresh",
                "ALTER TABLE " + table + " SET SCHEMA other",
                "ALTER INDEX " + index() + " RENAME TO fresh",
                "ALTER VIEW v0 RENAME TO fresh",
                "ALTER VIEW v0 RENAME COLUMN c0 TO fresh",
                "ALTER VIEW v0 SET SCHEMA other",
                "ALTER MATERIALIZED VIEW m RENAME TO fresh",
                "ALTER MATERIALIZED VIEW m SET SCHEMA other",
                "ALTER SEQUENCE counter RENAME TO fresh",
                "ALTER SEQUENCE counter SET SCHEMA other",
                "ALTER TRIGGER " + one("a_touch ON t0", "p_touch ON p") + " RENAME TO fresh",
                "ALTER RULE a_rule ON t2 RENAME TO fresh",
                "ALTER POLICY a_policy ON t3 RENAME TO fresh",
                "ALTER SCHEMA other RENAME TO fresh",
                "ALTER FUNCTION f_sta() RENAME TO fresh",
                "ALTER STATISTICS a_stats RENAME TO fresh",
                "ALTER PUBLICATION a_pub RENAME TO fresh");
    }

    private String maintenance() {
        return one(
                "CLUSTER t" + random.nextInt(5) + " USING t0_pkey",
                "CLUSTER " + table() + " USING " + index(),
                "CLUSTER child USING child_pkey",
                "REINDEX TABLE " + table(),
                "REINDEX INDEX " + index(),
                "ANALYZE " + table(),
                "ANALYZE " + table() + " (id)",
                "REFRESH MATERIALIZED VIEW " + one("m", "m_of_view", "CONCURRENTLY m"),
                "REFRESH MATERIALIZED VIEW m WITH NO DATA",
                "LOCK TABLE " + maybe("ONLY ") + table() + " IN "
                        + one("ACCESS SHARE", "ROW EXCLUSIVE", "SHARE", "EXCLUSIVE") + " MODE",
                "LOCK TABLE " + table() + ", " + table(),
                "LOCK TABLE v0 IN SHARE MODE",
                "LOCK TABLE v1");
    }

    private String annotate() {
        Named table = table();
        return one(
                "COMMENT ON TABLE " + table + " IS 'x'",
                "COMMENT ON COLUMN " + table + "." + column(table) + " IS 'x'",
                "COMMENT ON CONSTRAINT " + alter.constraint(table.model()) + " ON " + table + " IS 'x'",
                "COMMENT ON INDEX " + index() + " IS 'x'",
                "COMMENT ON VIEW v0 IS 'x'",
                "COMMENT ON MATERIALIZED VIEW m IS 'x'",
                "COMMENT ON SEQUENCE counter IS 'x'",
                "COMMENT ON TRIGGER a_touch ON t0 IS 'x'",
                "COMMENT ON RULE a_rule ON t2 IS 'x'",
                "COMMENT ON POLICY a_policy ON t3 IS 'x'",
                "COMMENT ON TYPE mood IS 'x'",
                "COMMENT ON CONSTRAINT above ON DOMAIN positive IS 'x'",
                "COMMENT ON STATISTICS a_stats IS 'x'",
                "COMMENT ON FUNCTION f_sta() IS 'x'",
                "GRANT SELECT ON " + table + " TO PUBLIC",
                "GRANT SELECT (" + column(table) + "), UPDATE ON " + table + " TO PUBLIC",
                "REVOKE ALL ON " + table + " FROM PUBLIC",
                "GRANT USAGE ON SCHEMA other TO PUBLIC",
                "GRANT SELECT ON ALL TABLES IN SCHEMA other TO PUBLIC",
                "GRANT USAGE ON SEQUENCE counter TO PUBLIC",
                "GRANT EXECUTE ON FUNCTION f_sta() TO PUBLIC",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA other GRANT SELECT ON TABLES TO PUBLIC");
    }

    private String attach() {
        Named table = table();
        return one(
                "ALTER SEQUENCE " + one("counter", "owned", "t0_id_seq") + " INCREMENT BY 2",
                "ALTER SEQUENCE counter OWNED BY " + table + "." + column(table),
                "ALTER SEQUENCE owned OWNED BY NONE",
                "ALTER SEQUENCE counter RESTART",
                "ALTER SEQUENCE counter AS integer",
                "ALTER INDEX " + index() + " SET (fillfactor = 70)",
                "ALTER INDEX " + index() + " RESET (fillfactor)",
                "ALTER INDEX " + index() + " ALTER COLUMN 1 SET STATISTICS 10",
                "ALTER INDEX p_n_idx ATTACH PARTITION p1_n_idx",
                "ALTER INDEX " + index() + " SET TABLESPACE pg_default",
                "ALTER VIEW v0 SET (security_barrier)",
                "ALTER VIEW v0 ALTER COLUMN id SET DEFAULT 1",
                "ALTER VIEW v0 OWNER TO CURRENT_USER",
                "ALTER MATERIALIZED VIEW m SET (fillfactor = 50)",
                "ALTER MATERIALIZED VIEW m CLUSTER ON m_id_idx",
                "ALTER POLICY a_policy ON t3 USING (false)",
                "ALTER STATISTICS a_stats SET STATISTICS 10",
                "ALTER PUBLICATION a_pub " + one("ADD", "SET") + " TABLE " + table,
                "ALTER PUBLICATION a_pub DROP TABLE " + one("t0", "child"),
                "ALTER PUBLICATION a_pub SET (publish = 'insert')",
                "ALTER FUNCTION f_vol() STABLE",
                "ALTER TRIGGER a_touch ON t0 DEPENDS ON EXTENSION plpgsql",
                "DO $$ BEGIN ALTER TABLE " + table + " ADD COLUMN fresh integer; END $$",
                "DO $$ BEGIN IF true THEN CREATE INDEX fresh ON " + table + " (" + column(table)
                        + "); COMMENT ON TABLE " + table() + " IS 'x'; END IF; END $$");
    }

    private Named table() {
        return Named.of(tables.get(random.nextInt(tables.size())));
    }

    private String column(Named table) {
        List<String> columns = new ArrayList<>(table.model().columns().keySet());
        columns.sort(null);
        return columns.isEmpty() ? "id" : columns.get(random.nextInt(columns.size()));
    }

    private String index() {
        List<RelationModel> indexes = relations.stream()
                .filter(relation -> relation.kind() == ObjectKind.INDEX)
                .toList();
        return indexes.get(random.nextInt(indexes.size())).name().toString();
    }

    /// A relation whose text is its name as SQL.
    private record Named(RelationModel model) {
        static Named of(RelationModel model) {
            return new Named(model);
        }

        @Override
        public String toString() {
            return model.name().toString();
        }
    }

    private String maybe(String text) {
        return random.nextInt(3) == 0 ? text : "";
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
