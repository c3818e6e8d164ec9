package dev.godwit.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/// A schema with rows, made of what PostgreSQL 13 has; the same seed makes the same. A statement that a server does not
/// take is left out by who runs it.
final class RandomSchema {
    /// Types, each with an expression of `g` that gives a value of row `g`.
    static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("integer", "g"),
            Map.entry("bigint", "g"),
            Map.entry("smallint", "g"),
            Map.entry("text", "'v' || g"),
            Map.entry("varchar(20)", "'v' || g"),
            Map.entry("varchar", "'v' || g"),
            Map.entry("char(8)", "'c' || g"),
            Map.entry("numeric(10,2)", "g"),
            Map.entry("numeric", "g"),
            Map.entry("timestamp", "timestamp '2026-01-01' + g * interval '1 hour'"),
            Map.entry("timestamptz(3)", "timestamptz '2026-01-01' + g * interval '1 hour'"),
            Map.entry("date", "date '2026-01-01' + g"),
            Map.entry("time(3)", "time '01:00' + g * interval '1 minute'"),
            Map.entry("interval(3)", "g * interval '1 hour'"),
            Map.entry("uuid", "md5(g::text)::uuid"),
            Map.entry("jsonb", "to_jsonb(g)"),
            Map.entry("json", "to_json(g)"),
            Map.entry("integer[]", "array[g]"),
            Map.entry("varchar(9)[]", "array['v' || g]::varchar(9)[]"),
            Map.entry("inet", "inet '10.0.0.1' + g"),
            Map.entry("cidr", "('10.0.' || g || '.0/24')::cidr"),
            Map.entry("boolean", "g % 2 = 0"),
            Map.entry("bit(4)", "b'1010'"),
            Map.entry("varbit(5)", "b'101'"),
            Map.entry("int4range", "int4range(g, g + 1)"),
            Map.entry("bytea", "decode('00', 'hex')"),
            Map.entry("oid", "g::oid"),
            Map.entry("mood", "'sad'::mood"),
            Map.entry("label", "'l' || g"),
            Map.entry("positive", "g"),
            Map.entry("present", "g"),
            Map.entry("big_positive", "g"),
            Map.entry("pair", "row(g, 'p')::pair"));

    private static final List<String> COMMON = List.of(
            "integer", "bigint", "text", "varchar(20)", "numeric(10,2)", "timestamp", "timestamptz(3)", "positive");

    private final SplittableRandom random;
    private final List<String> statements = new ArrayList<>();
    private final List<String> typeNames = TYPES.keySet().stream().sorted().toList();

    private RandomSchema(long seed) {
        random = new SplittableRandom(seed);
    }

    static List<String> of(long seed) {
        RandomSchema schema = new RandomSchema(seed);
        schema.make();
        return List.copyOf(schema.statements);
    }

    private void make() {
        add("SET timezone = '" + (random.nextBoolean() ? "UTC" : "Europe/Berlin") + "'");
        types();
        for (int i = 0; i < 5; i++) {
            table("t" + i);
        }
        references();
        partitioned();
        inherited();
        views();
        attachments();
    }

    private void add(String sql) {
        statements.add(sql);
    }

    private void types() {
        add("CREATE SCHEMA other");
        add("CREATE TYPE mood AS ENUM ('sad', 'happy')");
        add("CREATE TYPE pair AS (a integer, b text)");
        add("CREATE DOMAIN label AS text");
        add("CREATE DOMAIN positive AS integer CONSTRAINT above CHECK (VALUE > 0)");
        add("CREATE DOMAIN present AS integer NOT NULL");
        add("CREATE DOMAIN big_positive AS positive");
        add("ALTER DOMAIN positive ADD CONSTRAINT below CHECK (VALUE < 100000) NOT VALID");
        add("CREATE FUNCTION f_imm(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + 1'");
        add("CREATE FUNCTION f_sta() RETURNS integer STABLE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'");
        add("CREATE FUNCTION f_vol() RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'");
        add("CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'");
        add("CREATE FUNCTION touch_too() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'");
        add("CREATE SEQUENCE counter");
        add("CREATE SEQUENCE other.counter");
    }

    /// A table with a key, columns of any types, a few checks and indexes, and rows.
    private void table(String name) {
        List<String> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        int count = 4 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            columns.add("c" + i);
            types.add(random.nextInt(3) == 0 ? one(typeNames) : one(COMMON));
        }
        StringJoiner body = new StringJoiner(", ", "(", ")");
        body.add("id bigint"
                + one(List.of(
                        "",
                        " PRIMARY KEY",
                        " PRIMARY KEY",
                        " GENERATED BY DEFAULT AS IDENTITY",
                        " GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
                        " NOT NULL UNIQUE")));
        for (int i = 0; i < count; i++) {
            body.add(columns.get(i) + " " + types.get(i) + maybe(" NOT NULL"));
        }
        if (random.nextInt(3) == 0) {
            body.add("gen bigint GENERATED ALWAYS AS (id * 2) STORED");
        }
        if (random.nextInt(3) == 0) {
            body.add("ser serial");
        }
        add("CREATE " + maybe("UNLOGGED ") + "TABLE " + name + " " + body + maybe(" WITH (fillfactor = 90)"));
        rows(name, columns, types);
        indexes(name, columns, types);
        checks(name, columns);
    }

    private void rows(String table, List<String> columns, List<String> types) {
        StringJoiner values = new StringJoiner(", ");
        types.forEach(type -> values.add(TYPES.get(type)));
        add("INSERT INTO " + table + " (id, " + String.join(", ", columns) + ") SELECT g, " + values
                + " FROM generate_series(1, " + (3 + random.nextInt(9)) + ") g");
    }

    private void indexes(String table, List<String> columns, List<String> types) {
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int at = random.nextInt(columns.size());
            String column = columns.get(at);
            String other = one(columns);
            String name = table + "_i" + i;
            add("CREATE " + maybe("UNIQUE ") + "INDEX " + name + " ON " + table
                    + one(List.of(
                            " (" + column + ")",
                            " (" + column + ", id)",
                            " (id) INCLUDE (" + column + ")",
                            " (id) WHERE " + column + " IS NOT NULL",
                            " (lower(" + column + "::text))",
                            " USING hash (" + column + ")",
                            " (id, " + other + ") WHERE id > 0")));
        }
        if (random.nextInt(4) == 0) {
            int at = random.nextInt(columns.size());
            add("ALTER TABLE " + table + " ADD CONSTRAINT " + table + "_excl EXCLUDE USING "
                    + (types.get(at).endsWith("range")
                            ? "gist (" + columns.get(at) + " WITH &&)"
                            : "btree (id WITH =)"));
        }
    }

    private void checks(String table, List<String> columns) {
        for (int i = 0; i < random.nextInt(4); i++) {
            String column = one(columns);
            add("ALTER TABLE " + table + " ADD CONSTRAINT " + table + "_k" + i
                    + one(List.of(
                            " CHECK (" + column + " IS NOT NULL)",
                            " CHECK (" + column + " IS NOT NULL AND id > 0)",
                            " CHECK (id > 0)",
                            " CHECK (id > 0 OR " + column + " IS NULL)",
                            " UNIQUE (id, " + column + ")"))
                    + maybe(" NOT VALID"));
        }
        if (random.nextInt(4) == 0) {
            add("ALTER TABLE " + table + " ADD CONSTRAINT " + table + "_nn NOT NULL " + one(columns) + " NOT VALID");
        }
    }

    private void references() {
        for (int i = 0; i < 4; i++) {
            add("ALTER TABLE t" + random.nextInt(5) + " ADD CONSTRAINT fk" + i + " FOREIGN KEY (id) REFERENCES t"
                    + random.nextInt(5) + " (id)" + maybe(" ON DELETE CASCADE") + maybe(" NOT VALID"));
        }
        add("CREATE TABLE child (id bigint PRIMARY KEY, t_id bigint REFERENCES t" + random.nextInt(5)
                + " (id), note text)");
    }

    private void partitioned() {
        add(
                "CREATE TABLE p (id bigint NOT NULL, at date NOT NULL, kind varchar(20), n integer) PARTITION BY RANGE (at)");
        add("CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')");
        add("CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')"
                + maybe(" PARTITION BY LIST (n)"));
        add("CREATE TABLE p2a PARTITION OF p2 FOR VALUES IN (1, 2, 3)");
        add("CREATE TABLE p2b PARTITION OF p2 DEFAULT");
        if (random.nextBoolean()) {
            add("CREATE TABLE p_rest PARTITION OF p DEFAULT");
        }
        add("CREATE TABLE p3 (id bigint NOT NULL, at date NOT NULL, kind varchar(20), n integer)");
        add("CREATE TABLE p4 (id bigint NOT NULL, at date NOT NULL, kind varchar(20), n integer,"
                + " CHECK (at >= '2028-01-01' AND at < '2029-01-01'))");
        add("INSERT INTO p SELECT g, date '2025-12-29' + g, 'k', g FROM generate_series(1, 6) g");
        add("INSERT INTO p3 SELECT g, date '2027-01-29' + g, 'k', g FROM generate_series(1, 6) g");
        add("INSERT INTO p4 SELECT g, date '2028-01-29' + g, 'k', g FROM generate_series(1, 6) g");
        if (random.nextBoolean()) {
            add("ALTER TABLE p ADD PRIMARY KEY (id, at)");
            add(
                    "CREATE TABLE p_ref (id bigint, p_id bigint, p_at date, FOREIGN KEY (p_id, p_at) REFERENCES p (id, at))");
        }
        if (random.nextBoolean()) {
            add("CREATE INDEX p_kind_idx ON p (kind)");
        }
        if (random.nextBoolean()) {
            add("CREATE INDEX p_n_idx ON ONLY p (n)");
            add("CREATE INDEX p1_n_idx ON p1 (n)");
        }
        if (random.nextBoolean()) {
            add("ALTER TABLE p ADD CONSTRAINT p_fk FOREIGN KEY (id) REFERENCES t" + random.nextInt(5) + " (id)");
        }
        if (random.nextBoolean()) {
            add("ALTER TABLE p ADD CONSTRAINT p_check CHECK (n > 0)");
        }
        if (random.nextBoolean()) {
            add("CREATE TRIGGER p_touch AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION touch()");
        }
        add("CREATE TABLE h (id bigint, label label) PARTITION BY HASH (id)");
        add("CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0)");
        add("CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
        add("INSERT INTO h SELECT g, 'l' FROM generate_series(1, 9) g");
    }

    private void inherited() {
        add("CREATE TABLE base (id bigint, kind varchar(20), n positive)");
        add("CREATE TABLE derived (extra text) INHERITS (base)");
        add("CREATE TABLE derived_too (kind varchar(20)) INHERITS (base)");
        add("CREATE TABLE both_of () INHERITS (derived, derived_too)");
        add("CREATE TABLE alone (id bigint, kind varchar(20), n positive)");
        add("INSERT INTO base SELECT g, 'b', g FROM generate_series(1, 4) g");
        add("INSERT INTO derived SELECT g, 'b', g FROM generate_series(1, 4) g");
        add("INSERT INTO derived_too SELECT g, 'b', g FROM generate_series(1, 4) g");
        add("INSERT INTO alone SELECT g, 'b', g FROM generate_series(1, 4) g");
        add("CREATE TABLE of_pair OF pair");
        if (random.nextBoolean()) {
            add("ALTER TABLE base ADD CONSTRAINT base_check CHECK (id > 0)" + maybe(" NO INHERIT"));
        }
        if (random.nextBoolean()) {
            add("CREATE INDEX base_id_idx ON base (id)");
        }
    }

    private void views() {
        add("CREATE VIEW v0 AS SELECT id, c0 FROM t0");
        add("CREATE VIEW v1 AS SELECT v0.id, t1.c1 FROM v0 JOIN t1 ON t1.id = v0.id");
        add("CREATE VIEW v_simple AS SELECT id, note FROM child");
        add("CREATE MATERIALIZED VIEW m AS SELECT id, c0 FROM t2");
        add("CREATE UNIQUE INDEX m_id_idx ON m (id)");
        add("CREATE MATERIALIZED VIEW m_of_view AS SELECT id FROM v0");
        add("CREATE TABLE other.far (id bigint PRIMARY KEY, note text)");
        add("INSERT INTO other.far SELECT g, 'n' FROM generate_series(1, 5) g");
        add("CREATE TABLE other.near (id bigint REFERENCES other.far, note text)");
    }

    private void attachments() {
        add("CREATE TRIGGER a_touch BEFORE UPDATE ON t0 FOR EACH ROW EXECUTE FUNCTION touch()");
        add("CREATE TRIGGER b_touch AFTER UPDATE OF c1 ON t1 FOR EACH ROW EXECUTE FUNCTION touch_too()");
        add("CREATE RULE a_rule AS ON DELETE TO t2 DO ALSO NOTHING");
        add("CREATE POLICY a_policy ON t3 USING (id > 0)");
        add("CREATE STATISTICS a_stats ON id, c0 FROM t4");
        add("CREATE SEQUENCE owned OWNED BY t4.c0");
        add("CREATE PUBLICATION a_pub FOR TABLE t0, child");
        if (random.nextBoolean()) {
            add("ALTER TABLE t3 ALTER COLUMN c0 SET DEFAULT NULL");
            add("ALTER TABLE t4 ALTER COLUMN id SET DEFAULT nextval('counter')");
            add("ALTER TABLE child ALTER COLUMN id SET DEFAULT f_vol()");
        }
    }

    private String maybe(String text) {
        return random.nextInt(3) == 0 ? text : "";
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
