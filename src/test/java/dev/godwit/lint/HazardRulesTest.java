package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.godwit.source.Direction;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where rules about indexes, constraints, columns and names speak, and above all where they do not.
class HazardRulesTest {
    @Test
    void aReindexIsFixedBehindTheWordForWhatItIsAbout() {
        assertThat(found("REINDEX (VERBOSE) INDEX orders_region_idx;")
                        .getFirst()
                        .fix())
                .contains("REINDEX (VERBOSE) INDEX CONCURRENTLY orders_region_idx");
        assertThat(found("REINDEX SCHEMA shop;").getFirst().message()).contains("each table of the schema");
        assertThat(check("REINDEX TABLE CONCURRENTLY orders;")).isEmpty();
        assertThat(check("CREATE TABLE carts (id bigint PRIMARY KEY); REINDEX TABLE carts;"))
                .isEmpty();
    }

    @Test
    void aRetryMayPassOverAnIndexOnlyWhereNothingDroppedIt() {
        String build = "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON orders (region);";
        assertThat(check(build)).containsExactly("1 warning concurrent-index-if-not-exists");
        assertThat(check("DROP INDEX CONCURRENTLY IF EXISTS i; " + build)).isEmpty();
        assertThat(check("CREATE INDEX CONCURRENTLY i ON orders (region);")).isEmpty();
    }

    @Test
    void onlyAnIndexOfTheSameOrderMakesAnotherNeedless() {
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders (region);")).isTrue();
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders (region, customer_id);"))
                .isTrue();
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders (customer_id);"))
                .isFalse();
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders (region DESC);"))
                .isFalse();
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders (region text_pattern_ops);"))
                .isFalse();
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders USING hash (region);"))
                .isFalse();
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders (lower(region));"))
                .isFalse();
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders (region) WHERE id > 7;"))
                .isFalse();
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders (region) INCLUDE (code);"))
                .isFalse();
        assertThat(redundant("CREATE UNIQUE INDEX CONCURRENTLY i ON orders (region);"))
                .isFalse();
        assertThat(redundant("CREATE INDEX CONCURRENTLY i ON orders (region);"
                        + " DROP INDEX CONCURRENTLY orders_region_customer_id_idx;"))
                .isFalse();
    }

    private static boolean redundant(String sql) {
        return Linter.check(List.of(file(sql, TransactionMode.NEVER)), knowing("redundant-index"))
                .files()
                .getFirst()
                .findings()
                .stream()
                .anyMatch(finding -> finding.rule().id().equals("redundant-index"));
    }

    @Test
    void aGapIsThereOnlyWhereTheOldIndexGoesFirst() {
        String create = "CREATE INDEX CONCURRENTLY %s ON orders (region, code);";
        String drop = "DROP INDEX CONCURRENTLY orders_region_customer_id_idx;";
        assertThat(check(knowing("redundant-index"), drop + create.formatted("i")))
                .containsExactly("1 error index-replaced-with-gap");
        assertThat(check(knowing("redundant-index"), create.formatted("i") + drop))
                .isEmpty();
        assertThat(check(knowing("redundant-index"), drop + "CREATE INDEX CONCURRENTLY i ON orders (code);"))
                .isEmpty();
        assertThat(check("DROP INDEX i; CREATE INDEX j ON orders (region);"))
                .doesNotContain("1 error index-replaced-with-gap");
        assertThat(found("DROP INDEX i; CREATE INDEX i ON orders (region);").stream()
                        .filter(finding -> finding.rule().id().equals("index-replaced-with-gap"))
                        .map(Finding::message))
                .singleElement()
                .asString()
                .contains("nobody can read or write");
    }

    @Test
    void anIndexForAForeignKeyMayComeLaterInTheFile() {
        CheckOptions known = knowing("foreign-key-without-index");
        String key = "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;";
        String index = "CREATE INDEX CONCURRENTLY i ON orders (customer_id, region);";
        assertThat(check(known, key)).containsExactly("1 error foreign-key-without-index");
        assertThat(check(known, key + index)).isEmpty();
        assertThat(check(key)).isEmpty();
    }

    @Test
    void foreignKeysToOneTableAreOneWait() {
        String one = "ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES customers NOT VALID;";
        String same = "ALTER TABLE orders ADD FOREIGN KEY (b) REFERENCES customers NOT VALID;";
        String other = "ALTER TABLE orders ADD FOREIGN KEY (b) REFERENCES regions NOT VALID;";
        String rule = "1 warning several-foreign-keys-at-once";
        assertThat(check(one + same)).doesNotContain(rule);
        assertThat(check(one + other)).contains(rule);
        assertThat(check(one.replace(";", ", ADD FOREIGN KEY (b) REFERENCES regions NOT VALID;")))
                .contains(rule);
        assertThat(shown(file(one + other, TransactionMode.NEVER), CheckOptions.defaults()))
                .isEmpty();
        assertThat(shown(file(one + other + "DROP TABLE orders;", TransactionMode.NEVER), CheckOptions.defaults()))
                .contains(rule);
        assertThat(check("CREATE TABLE regions (id bigint PRIMARY KEY);" + one + other))
                .doesNotContain(rule);
    }

    @Test
    void typesThatAreAlikeEnoughMayRefer() {
        CheckOptions known = knowing("foreign-key-type-mismatch");
        assertThat(check(known, "CREATE TABLE c (id bigint, customer_id bigint REFERENCES customers);"))
                .isEmpty();
        assertThat(check(
                        known,
                        "CREATE TABLE c (id bigint, customer_id int, FOREIGN KEY (customer_id) REFERENCES customers);"))
                .containsExactly("1 warning foreign-key-type-mismatch");
        assertThat(check("CREATE TABLE a (id varchar(20) PRIMARY KEY); CREATE TABLE b (a_id text REFERENCES a);"))
                .isEmpty();
        assertThat(check("CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE b (a_id integer REFERENCES a);"))
                .doesNotContain("1 warning foreign-key-type-mismatch");
    }

    @Test
    void aNewColumnHoldsNoDuplicates() {
        assertThat(check("CREATE UNIQUE INDEX CONCURRENTLY i ON orders (code);"))
                .containsExactly("1 info unique-index-may-fail");
        assertThat(
                        check(
                                "ALTER TABLE orders ADD COLUMN token text; CREATE UNIQUE INDEX CONCURRENTLY i ON orders (token);"))
                .isEmpty();
        assertThat(check(knowing("redundant-index"), "CREATE UNIQUE INDEX CONCURRENTLY i ON orders (code, id);"))
                .isEmpty();
    }

    @Test
    void aCheckMayCallWhatNeverChanges() {
        assertThat(check("CREATE TABLE a (c text CHECK (lower(c) = c), d date CHECK (date_trunc('day', d) = d));"))
                .isEmpty();
        assertThat(check("CREATE TABLE a (c text CHECK (our_own(c) AND concat(c, 'x') <> to_char(7, '9')));"))
                .isEmpty();
        assertThat(check("CREATE TABLE a (d date CHECK (d > CURRENT_DATE));"))
                .containsExactly("1 warning check-not-immutable");
        assertThat(check("ALTER TABLE orders ADD COLUMN d date CHECK (d > now());"))
                .contains("1 warning check-not-immutable");
    }

    @Test
    void aDomainThatNobodyUsesIsFree() {
        String add = "ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE <> '')";
        assertThat(check(add + ";")).containsExactly("1 warning domain-constraint-checks-tables");
        assertThat(check(add + " NOT VALID;")).isEmpty();
        assertThat(check("CREATE DOMAIN email AS text;" + add + ";")).isEmpty();
        assertThat(check("ALTER DOMAIN email DROP CONSTRAINT c; ALTER DOMAIN email SET DEFAULT '';"))
                .isEmpty();
    }

    @Test
    void aTypeThatHoldsMoreNarrowsNothing() {
        CheckOptions known = knowing("column-type-narrows");
        assertThat(check(known, "ALTER TABLE orders ALTER COLUMN id TYPE integer;"))
                .containsExactly("1 error column-type-rewrite", "1 error column-type-narrows");
        assertThat(check(known, "ALTER TABLE orders ALTER COLUMN quantity TYPE bigint;"))
                .containsExactly("1 error column-type-rewrite");
        assertThat(check(known, "ALTER TABLE orders ALTER COLUMN code TYPE varchar(20);"))
                .containsExactly("1 error column-type-rewrite", "1 error column-type-narrows");
        assertThat(check(known, "ALTER TABLE orders ALTER COLUMN code TYPE varchar;"))
                .isEmpty();
    }

    @Test
    void nullMayComeWhereTheReleaseMadeTheColumnOrTakesItBack() {
        String drop = "ALTER TABLE orders ALTER COLUMN code DROP NOT NULL;";
        assertThat(check(drop)).containsExactly("1 warning drop-not-null");
        assertThat(check("ALTER TABLE orders ADD COLUMN code text NOT NULL DEFAULT ''; " + drop))
                .isEmpty();
        assertThat(check(CheckOptions.defaults().direction(Direction.DOWN), drop))
                .isEmpty();
        assertThat(check(knowing("redundant-index"), drop)).isEmpty();
    }

    @Test
    void aNameThatIsThereAgainBreaksNobody() {
        String swap = "ALTER TABLE orders RENAME TO orders_old; ALTER TABLE orders_new RENAME TO orders;";
        assertThat(check("BEGIN; " + swap + " COMMIT;"))
                .containsExactly("1 error rename-table", "1 warning several-tables-in-one-transaction");
        assertThat(found("BEGIN; " + swap + " COMMIT;").getFirst().relation())
                .hasValueSatisfying(table -> assertThat(table.name()).isEqualTo("orders_new"));
        assertThat(check("CREATE TABLE orders_new (id bigint); " + swap)).isEmpty();
        assertThat(shown(
                        file("CREATE TABLE orders_new (id bigint); " + swap, TransactionMode.NEVER),
                        CheckOptions.defaults()))
                .containsExactly("1 error rename-table");
        assertThat(check("ALTER TABLE orders RENAME TO orders_dropped;")).containsExactly("1 info rename-table");
        assertThat(check("ALTER INDEX a RENAME TO b; ALTER SEQUENCE s RENAME TO t;"))
                .isEmpty();
        assertThat(check("ALTER SEQUENCE s SET SCHEMA x; ALTER SCHEMA a RENAME TO b;"))
                .containsExactly("1 error rename-schema");
    }

    @Test
    void anEnumOfTheReleaseIsFreeGame() {
        String type = "CREATE TYPE state AS ENUM ('new', 'paid'); ";
        assertThat(check(type + "ALTER TYPE state RENAME VALUE 'paid' TO 'settled';"))
                .isEmpty();
        assertThat(check("BEGIN; " + type + "ALTER TYPE state ADD VALUE 'x'; SELECT 'x'::state; COMMIT;"))
                .isEmpty();
    }

    @Test
    void anEnumValueMayBeUsedWhenItIsCommitted() {
        String add = "ALTER TYPE state ADD VALUE 'it''s'; ";
        String rule = "1 error enum-value-used-in-same-transaction";
        assertThat(check(add + "INSERT INTO orders VALUES (1, 'it''s');")).contains(rule);
        assertThat(check("BEGIN; " + add + "COMMIT; INSERT INTO orders VALUES (1, 'it''s');"))
                .doesNotContain(rule);
        assertThat(check(add + "INSERT INTO orders VALUES (1, 'its'); -- 'it''s'"))
                .doesNotContain(rule);
        assertThat(check(add + "ALTER TYPE state ADD VALUE 'later' AFTER 'it''s';"))
                .doesNotContain(rule);
    }

    @Test
    void nothingIsSaidOfAPrimaryKeyWhoseColumnsNobodyKnows() {
        String key =
                "CREATE UNIQUE INDEX CONCURRENTLY i ON orders (id); ALTER TABLE orders ADD PRIMARY KEY USING INDEX i;";
        assertThat(check(key)).doesNotContain("1 error primary-key-using-nullable-index");
        assertThat(check("ALTER TABLE orders ADD COLUMN id bigint; " + key))
                .contains("1 error primary-key-using-nullable-index");
        assertThat(check(knowing("redundant-index"), "ALTER TABLE orders ADD PRIMARY KEY USING INDEX orders_pkey;"))
                .isEmpty();
    }

    @Test
    void aLongScriptTakesATimeThatGrowsWithItsLength() {
        String add = "ALTER TYPE state ADD VALUE 'x'; ";
        String line = "INSERT INTO orders VALUES (1, 'y'); ALTER TABLE orders RENAME TO purchases;"
                + " ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES customers NOT VALID;\n";
        ParsedScript script = Scripts.parse(new SourceText("long.sql", add + line.repeat(10_000)));
        assertTimeout(
                Duration.ofSeconds(30),
                () -> Linter.check(List.of(CheckFile.of(script, TransactionMode.AUTO)), CheckOptions.defaults()));
    }

    @Test
    void hostileNamesAreQuotedInOrders() {
        Finding finding =
                found("ALTER TABLE \"Or\"\"ders\" RENAME TO \"new; DROP\";").getFirst();
        assertThat(finding.help()).contains("CREATE VIEW \"Or\"\"ders\" AS SELECT * FROM \"new; DROP\"");
    }

    private static CheckOptions knowing(String rule) {
        return RuleCase.all().stream()
                .filter(one -> one.id().equals(rule))
                .findFirst()
                .orElseThrow()
                .options();
    }

    private static List<String> check(String sql) {
        return check(CheckOptions.defaults(), sql);
    }

    private static List<String> check(CheckOptions options, String sql) {
        return shown(file(sql, TransactionMode.AUTO), options);
    }

    private static CheckFile file(String sql, TransactionMode mode) {
        return CheckFile.of(Scripts.parse(new SourceText("test.sql", sql)), mode);
    }

    private static List<Finding> found(String sql) {
        return Linter.check(List.of(file(sql, TransactionMode.AUTO)), CheckOptions.defaults())
                .files()
                .getFirst()
                .findings();
    }

    private static List<String> shown(CheckFile file, CheckOptions options) {
        List<String> shown = new ArrayList<>();
        Linter.check(List.of(file), options).files().getFirst().findings().forEach(finding -> {
            int line = file.script().source().position(finding.span().start()).line();
            shown.add(line + " " + finding.severity().word() + " "
                    + finding.rule().id());
        });
        return shown;
    }
}
