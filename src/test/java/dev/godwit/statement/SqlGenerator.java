package dev.godwit.statement;

import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.function.Supplier;

/// Writes statements as a person who migrates might, and some as nobody would; the same seed writes the same.
final class SqlGenerator {
    private static final int DEEPEST = 4;

    private final SplittableRandom random;
    private int depth;

    SqlGenerator(long seed) {
        random = new SplittableRandom(seed);
    }

    String statement() {
        depth = 0;
        return switch (random.nextInt(12)) {
            case 0 -> createTable();
            case 1, 2, 3 -> alterTable();
            case 4 -> createIndex();
            case 5 -> "INSERT INTO " + table() + maybe(" (" + list(this::name) + ")") + " " + rows() + returning();
            case 6 -> "UPDATE " + maybe("ONLY ") + table() + " SET " + list(this::assignment) + where() + returning();
            case 7 -> "DELETE FROM " + table() + maybe(" USING " + table()) + where() + returning();
            case 8 -> "CREATE " + maybe("OR REPLACE ") + "VIEW " + table() + " AS " + select();
            case 9 ->
                "DROP " + one("TABLE", "VIEW", "INDEX", "TYPE", "SEQUENCE") + maybe(" IF EXISTS") + " "
                        + list(this::table) + maybe(" CASCADE");
            case 10 -> function();
            default -> maybe("WITH " + name() + " AS (" + select() + ") ") + select();
        };
    }

    private String createTable() {
        return "CREATE " + maybe(one("TEMP ", "UNLOGGED ")) + "TABLE " + maybe("IF NOT EXISTS ") + table() + " ("
                + list(this::tableElement) + ")"
                + maybe(" PARTITION BY " + one("RANGE", "LIST", "HASH") + " (" + name() + ")")
                + maybe(" WITH (fillfactor = " + random.nextInt(100) + ")");
    }

    private String tableElement() {
        return random.nextInt(5) == 0 ? tableConstraint() : column();
    }

    private String column() {
        return name() + " " + type() + maybe(" COLLATE \"C\"") + maybe(" " + columnConstraint())
                + maybe(" " + columnConstraint());
    }

    private String columnConstraint() {
        return maybe("CONSTRAINT " + name() + " ")
                + switch (random.nextInt(7)) {
                    case 0 -> "NOT NULL";
                    case 1 -> "DEFAULT " + simple();
                    case 2 -> "CHECK (" + expression() + ")";
                    case 3 -> "REFERENCES " + table() + maybe(" (" + name() + ")") + maybe(" ON DELETE " + action());
                    case 4 -> "GENERATED " + one("ALWAYS", "BY DEFAULT") + " AS IDENTITY";
                    case 5 -> "GENERATED ALWAYS AS (" + expression() + ")" + maybe(one(" STORED", " VIRTUAL"));
                    default -> one("PRIMARY KEY", "UNIQUE", "NULL", "UNIQUE NULLS NOT DISTINCT");
                };
    }

    private String tableConstraint() {
        return maybe("CONSTRAINT " + name() + " ")
                + switch (random.nextInt(4)) {
                    case 0 -> one("PRIMARY KEY", "UNIQUE") + " (" + list(this::name) + ")" + maybe(" DEFERRABLE");
                    case 1 -> "CHECK (" + expression() + ")" + maybe(" NOT ENFORCED");
                    case 2 -> "EXCLUDE USING gist (" + name() + " WITH " + operator() + ")";
                    default ->
                        "FOREIGN KEY (" + list(this::name) + ") REFERENCES " + table()
                                + maybe(" ON UPDATE " + action());
                };
    }

    private String action() {
        return one("CASCADE", "RESTRICT", "NO ACTION", "SET NULL", "SET DEFAULT");
    }

    private String alterTable() {
        return "ALTER TABLE " + maybe("IF EXISTS ") + maybe("ONLY ") + table() + " " + list(this::alterAction);
    }

    private String alterAction() {
        return switch (random.nextInt(9)) {
            case 0 -> "ADD " + maybe("COLUMN ") + maybe("IF NOT EXISTS ") + column();
            case 1 -> "DROP " + maybe("COLUMN ") + maybe("IF EXISTS ") + name() + maybe(" CASCADE");
            case 2 -> "ALTER " + name() + maybe(" SET DATA") + " TYPE " + type() + maybe(" USING " + expression());
            case 3 -> "ALTER COLUMN " + name() + one(" SET", " DROP") + " NOT NULL";
            case 4 -> "ALTER COLUMN " + name() + " SET DEFAULT " + simple();
            case 5 -> "ADD " + tableConstraint() + maybe(" NOT VALID");
            case 6 -> "VALIDATE CONSTRAINT " + name();
            case 7 -> "DROP CONSTRAINT " + maybe("IF EXISTS ") + name();
            default -> one("SET LOGGED", "ENABLE ROW LEVEL SECURITY", "SET (fillfactor = 10)", "DISABLE TRIGGER ALL");
        };
    }

    private String createIndex() {
        return "CREATE " + maybe("UNIQUE ") + "INDEX " + maybe("CONCURRENTLY ") + maybe(name()) + " ON " + table()
                + maybe(" USING " + one("btree", "gin", "hash")) + " (" + list(this::indexElement) + ")"
                + maybe(" INCLUDE (" + list(this::name) + ")") + maybe(" WHERE " + expression());
    }

    private String indexElement() {
        return one(name(), "lower(" + name() + ")", "(" + expression() + ")") + maybe(one(" DESC", " ASC NULLS FIRST"));
    }

    private String function() {
        return "CREATE " + maybe("OR REPLACE ") + one("FUNCTION ", "PROCEDURE ") + table() + "(" + name() + " " + type()
                + ") "
                + one(
                        "RETURNS " + type() + " LANGUAGE sql AS $x$ SELECT ';' $x$",
                        "BEGIN ATOMIC " + select() + "; " + select() + "; END",
                        "LANGUAGE plpgsql AS 'BEGIN NULL; END'");
    }

    private String rows() {
        return one("VALUES " + list(() -> "(" + list(this::expression) + ")"), "DEFAULT VALUES", select());
    }

    private String returning() {
        return maybe(" RETURNING " + one("*", list(this::expression)));
    }

    private String assignment() {
        return name() + " = " + one("DEFAULT", expression());
    }

    private String where() {
        return maybe(" WHERE " + expression());
    }

    private String select() {
        if (++depth > DEEPEST) {
            return "SELECT 1";
        }
        String text = "SELECT " + maybe("DISTINCT ") + list(() -> expression() + maybe(" AS " + name())) + " FROM "
                + from() + where()
                + maybe(" GROUP BY " + list(this::expression)) + maybe(" ORDER BY " + expression() + maybe(" DESC"))
                + maybe(" LIMIT " + random.nextInt(9)) + maybe(" FOR UPDATE" + maybe(" SKIP LOCKED"))
                + maybe(one(" UNION ", " EXCEPT ALL ") + "SELECT 2");
        depth--;
        return text;
    }

    private String from() {
        return table()
                + maybe(" " + one("LEFT ", "INNER ", "FULL OUTER ") + "JOIN " + table() + " ON " + simple())
                + maybe(", LATERAL (" + select() + ") AS " + name());
    }

    private String expression() {
        if (++depth > DEEPEST) {
            depth--;
            return simple();
        }
        String text = switch (random.nextInt(9)) {
            case 0 -> expression() + " " + operator() + " " + expression();
            case 1 -> "(" + expression() + ")::" + type();
            case 2 -> "CASE WHEN " + expression() + " THEN " + simple() + " END";
            case 3 -> name() + "(" + list(this::expression) + ")" + maybe(" FILTER (WHERE " + simple() + ")");
            case 4 -> "NOT " + expression();
            case 5 -> simple() + one(" IS NULL", " IN (1, 2)", " BETWEEN 1 AND 2", " LIKE 'x%'", " IS DISTINCT FROM 1");
            case 6 -> "EXISTS (" + select() + ")";
            case 7 -> "ARRAY[" + list(this::simple) + "]";
            default -> simple();
        };
        depth--;
        return text;
    }

    private String simple() {
        return one(
                name(),
                name() + "." + name(),
                "1",
                "0.5e3",
                "'x;y'",
                "'é€𝄞'",
                "NULL",
                "true",
                "$1",
                "now()",
                "E'\\n'",
                "$q$;$q$",
                "current_date",
                "interval '1 day'",
                "(SELECT 1)",
                "0x1F",
                "U&'\\0061'");
    }

    private String operator() {
        return one("+", "-", "*", "/", "||", "=", "<>", "<=", "AND", "OR", "->>", "@>", "~*", "<<", "%", "^", "!=");
    }

    private String type() {
        return one(
                "int",
                "bigint",
                "text",
                "varchar(20)",
                "numeric(10, 2)",
                "timestamptz",
                "jsonb",
                "int[]",
                "char(2)",
                "uuid",
                "double precision",
                "time with time zone",
                "interval day to second",
                "shop.mood",
                "\"Odd Type\"",
                "bit varying(3)");
    }

    private String table() {
        return one("orders", "shop.orders", "\"Order Lines\"", "größe", "t", "archive.\"Ö\"");
    }

    private String name() {
        return one("a", "b", "id", "region", "\"select\"", "größe", "year", "\"a\"\"b\"", "_x1", "value", "x$y");
    }

    private String maybe(String text) {
        return random.nextInt(3) == 0 ? text : "";
    }

    private String list(Supplier<String> item) {
        StringJoiner joined = new StringJoiner(one(", ", ",", " ,\n"));
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            joined.add(item.get());
        }
        return joined.toString();
    }

    private String one(String... choices) {
        return List.of(choices).get(random.nextInt(choices.length));
    }
}
