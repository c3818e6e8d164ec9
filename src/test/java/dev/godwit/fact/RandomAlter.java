package dev.godwit.fact;

import dev.godwit.statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/// Writes ALTER TABLE with one or more actions.
final class RandomAlter {
    private static final List<String> TARGETS = List.of(
            "text",
            "varchar(40)",
            "varchar(10)",
            "varchar",
            "char(8)",
            "bigint",
            "integer",
            "numeric(12,2)",
            "numeric",
            "timestamp",
            "timestamptz",
            "timestamptz(6)",
            "timestamp(3)",
            "timestamptz(1)",
            "inet",
            "varbit(9)",
            "varbit",
            "bit(4)",
            "interval",
            "time(6)",
            "oid",
            "label",
            "positive",
            "jsonb",
            "varchar[]",
            "text[]",
            "bigint[]");

    private final SplittableRandom random;
    private final List<RelationModel> tables;
    private final List<RelationModel> relations;

    RandomAlter(SplittableRandom random, List<RelationModel> tables, List<RelationModel> relations) {
        this.random = random;
        this.tables = tables;
        this.relations = relations;
    }

    String statement() {
        RelationModel table = tables.get(random.nextInt(tables.size()));
        if (random.nextInt(12) == 0) {
            return whole(table);
        }
        StringJoiner actions = new StringJoiner(", ");
        int count = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
        for (int i = 0; i < count; i++) {
            actions.add(action(table, i));
        }
        return "ALTER TABLE " + (random.nextInt(8) == 0 ? "ONLY " : "") + table.name() + " " + actions;
    }

    /// What stands alone.
    private String whole(RelationModel table) {
        return one(
                "ALTER TABLE p ATTACH PARTITION p3 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
                "ALTER TABLE p ATTACH PARTITION p4 FOR VALUES FROM ('2028-01-01') TO ('2029-01-01')",
                "ALTER TABLE p ATTACH PARTITION p3 DEFAULT",
                "ALTER TABLE p2 ATTACH PARTITION p3 FOR VALUES IN (77)",
                "ALTER TABLE p DETACH PARTITION " + one("p1", "p2", "p_rest"),
                "ALTER TABLE p2 DETACH PARTITION " + one("p2a", "p2b"),
                "ALTER TABLE h DETACH PARTITION h0",
                "ALTER TABLE alone INHERIT base",
                "ALTER TABLE derived NO INHERIT base",
                "ALTER TABLE both_of NO INHERIT " + one("derived", "derived_too"),
                "ALTER TABLE of_pair NOT OF",
                "ALTER TABLE IF EXISTS nowhere ADD COLUMN fresh integer",
                "ALTER TABLE IF EXISTS " + table.name() + " ADD COLUMN IF NOT EXISTS id integer");
    }

    private String action(RelationModel table, int number) {
        String column = column(table);
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> "ADD COLUMN " + maybe("IF NOT EXISTS ") + "fresh" + number + " " + definition(table);
            case 3 -> "DROP COLUMN " + maybe("IF EXISTS ") + column + maybe(" CASCADE");
            case 4, 5 -> type(column);
            case 6 -> "ALTER COLUMN " + column + one(" SET NOT NULL", " SET NOT NULL", " DROP NOT NULL");
            case 7 -> "ALTER COLUMN " + column + one(" SET DEFAULT NULL", " DROP DEFAULT", " SET DEFAULT 1");
            case 8, 9 -> "ADD " + maybe("CONSTRAINT made" + number + " ") + constraintOn(table);
            case 10 -> "VALIDATE CONSTRAINT " + constraint(table);
            case 11 -> "DROP CONSTRAINT " + maybe("IF EXISTS ") + constraint(table) + maybe(" CASCADE");
            case 12 -> columnSetting(column);
            case 13 -> oddity(table, column);
            default -> setting(table);
        };
    }

    private String definition(RelationModel table) {
        return one(
                "integer",
                "text DEFAULT 'x'",
                "text DEFAULT 'x' NOT NULL",
                "integer NOT NULL",
                "timestamptz DEFAULT now()",
                "timestamptz DEFAULT clock_timestamp() NOT NULL",
                "uuid DEFAULT gen_random_uuid()",
                "integer DEFAULT f_imm(1)",
                "integer DEFAULT f_sta()",
                "integer DEFAULT f_vol()",
                "integer DEFAULT nextval('counter')",
                "bigserial",
                "bigint GENERATED ALWAYS AS IDENTITY",
                "bigint GENERATED ALWAYS AS (1 + 1) STORED",
                "boolean GENERATED ALWAYS AS (" + column(table) + " IS NULL) STORED",
                "boolean GENERATED ALWAYS AS (" + column(table) + " IS NULL) VIRTUAL",
                "boolean GENERATED ALWAYS AS (" + column(table) + " IS NULL) VIRTUAL NOT NULL",
                "label",
                "label DEFAULT 'x'",
                "positive",
                "positive DEFAULT 3",
                "big_positive DEFAULT 3",
                "mood DEFAULT 'sad'",
                "pair",
                "integer CHECK (fresh0 > 0)",
                "integer DEFAULT 5 CHECK (fresh0 > 0)",
                "integer UNIQUE",
                "bigint PRIMARY KEY",
                "bigint REFERENCES t" + random.nextInt(5) + " (id)",
                "bigint DEFAULT 1 REFERENCES t" + random.nextInt(5) + " (id)",
                "bigint REFERENCES p (id)",
                "varchar(20)[]");
    }

    private String type(String column) {
        String target = one(TARGETS.toArray(String[]::new));
        return "ALTER COLUMN " + column + " TYPE " + target
                + one("", "", "", " USING " + column + "::" + target, " USING " + column + "::text::" + target);
    }

    private String constraintOn(RelationModel table) {
        String column = column(table);
        return one(
                "CHECK (" + column + " IS NOT NULL)",
                "CHECK (" + column + " IS NOT NULL) NOT VALID",
                "CHECK (" + column + " IS NOT NULL) NO INHERIT",
                "CHECK (" + column + " IS NOT NULL) NOT ENFORCED",
                "UNIQUE (" + column + ")",
                "UNIQUE (id, " + column + ")",
                "PRIMARY KEY (id)",
                "PRIMARY KEY (id, at)",
                "UNIQUE USING INDEX " + indexOf(table),
                "PRIMARY KEY USING INDEX " + indexOf(table),
                "FOREIGN KEY (id) REFERENCES t" + random.nextInt(5) + " (id)",
                "FOREIGN KEY (id) REFERENCES t" + random.nextInt(5) + " (id) NOT VALID",
                "FOREIGN KEY (id) REFERENCES other.far",
                "FOREIGN KEY (id, at) REFERENCES p (id, at)",
                "EXCLUDE USING btree (id WITH =)",
                "NOT NULL " + column,
                "NOT NULL " + column + " NOT VALID");
    }

    private String columnSetting(String column) {
        return "ALTER COLUMN " + column
                + one(
                        " SET STATISTICS 77",
                        " SET (n_distinct = 5)",
                        " RESET (n_distinct)",
                        " SET STORAGE EXTERNAL",
                        " SET STORAGE PLAIN",
                        " SET COMPRESSION pglz");
    }

    private String oddity(RelationModel table, String column) {
        return one(
                "ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY",
                "ALTER COLUMN id SET GENERATED ALWAYS",
                "ALTER COLUMN id SET INCREMENT BY 5",
                "ALTER COLUMN id DROP IDENTITY IF EXISTS",
                "ALTER COLUMN gen DROP EXPRESSION",
                "ALTER COLUMN " + column + " DROP EXPRESSION IF EXISTS",
                "ALTER COLUMN gen SET EXPRESSION AS (id * 3)",
                "ALTER CONSTRAINT " + constraint(table) + " DEFERRABLE",
                "ALTER CONSTRAINT " + constraint(table) + " NOT DEFERRABLE",
                "ALTER CONSTRAINT " + constraint(table) + " NO INHERIT",
                "ALTER CONSTRAINT " + constraint(table) + " NOT ENFORCED");
    }

    private String setting(RelationModel table) {
        return one(
                "SET LOGGED",
                "SET UNLOGGED",
                "SET UNLOGGED",
                "SET TABLESPACE pg_default",
                "SET ACCESS METHOD heap",
                "SET (fillfactor = 55)",
                "SET (autovacuum_enabled = false)",
                "SET (toast_tuple_target = 200)",
                "SET (parallel_workers = 2)",
                "SET (user_catalog_table = true)",
                "RESET (fillfactor)",
                "REPLICA IDENTITY FULL",
                "REPLICA IDENTITY NOTHING",
                "REPLICA IDENTITY USING INDEX " + indexOf(table),
                "ENABLE ROW LEVEL SECURITY",
                "FORCE ROW LEVEL SECURITY",
                "DISABLE TRIGGER " + one("ALL", "USER", "a_touch", "p_touch"),
                "ENABLE ALWAYS TRIGGER " + one("a_touch", "b_touch", "p_touch"),
                "DISABLE RULE a_rule",
                "CLUSTER ON " + indexOf(table),
                "SET WITHOUT CLUSTER",
                "SET WITHOUT OIDS",
                "OWNER TO CURRENT_USER");
    }

    private String column(RelationModel table) {
        List<String> columns = new ArrayList<>(table.columns().keySet());
        columns.sort(null);
        return columns.isEmpty() ? "id" : columns.get(random.nextInt(columns.size()));
    }

    String constraint(RelationModel table) {
        List<String> names = new ArrayList<>(table.constraints().keySet());
        names.sort(null);
        return names.isEmpty() ? "none" : names.get(random.nextInt(names.size()));
    }

    private String indexOf(RelationModel table) {
        List<RelationModel> indexes = relations.stream()
                .filter(relation -> relation.kind() == ObjectKind.INDEX)
                .filter(relation ->
                        relation.table().filter(table.name()::equals).isPresent())
                .toList();
        return indexes.isEmpty()
                ? "none"
                : indexes.get(random.nextInt(indexes.size())).name().name();
    }

    private String maybe(String text) {
        return random.nextInt(3) == 0 ? text : "";
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
