package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.source.TransactionMode;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The rules that look at what a transaction holds already, where they must keep silent and where not.
class TransactionRulesTest {
    private static final Set<String> RULES = Set.of(
            "ddl-and-backfill-in-one-transaction", "work-under-exclusive-lock", "several-tables-in-one-transaction");

    @Test
    void briefStatementsMayShareATransaction() {
        assertThat(check("ALTER TABLE orders ADD COLUMN a text; ALTER TABLE orders ADD COLUMN b text;"))
                .isEmpty();
        assertThat(check("ALTER TABLE orders RENAME TO parcels; CREATE VIEW orders AS SELECT * FROM parcels;"))
                .isEmpty();
        assertThat(check("ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;"))
                .isEmpty();
        assertThat(check("ALTER TABLE orders ADD COLUMN a text; CREATE TABLE notes (id bigint);"))
                .isEmpty();
    }

    @Test
    void aFewRowsMayFollowAChangeOfTheSchema() {
        assertThat(check("ALTER TABLE orders ADD COLUMN a text; UPDATE orders SET a = 'x' WHERE id = 7;"))
                .isEmpty();
        assertThat(check("ALTER TABLE orders ADD COLUMN a text; INSERT INTO kinds (name) VALUES ('x'), ('y');"))
                .isEmpty();
    }

    @Test
    void whatTheReleaseMadeHoldsNobodyUp() {
        assertThat(check("""
                CREATE TABLE carts (id bigint PRIMARY KEY, n integer);
                ALTER TABLE carts ADD COLUMN a text;
                UPDATE carts SET a = 'x';
                CREATE INDEX ON carts (a);
                ALTER TABLE orders ADD COLUMN cart_id bigint;
                """)).isEmpty();
    }

    @Test
    void aCommitLetsTheLockGo() {
        assertThat(check("ALTER TABLE orders ADD COLUMN a text; COMMIT; UPDATE orders SET a = 'x';"))
                .isEmpty();
        assertThat(check("BEGIN; ALTER TABLE orders ADD COLUMN a text; COMMIT; CREATE INDEX ON orders (a);"))
                .isEmpty();
    }

    @Test
    void theLockStaysWithATableThatGetsAnotherName() {
        assertThat(check("ALTER TABLE orders RENAME TO parcels; UPDATE parcels SET a = 'x';"))
                .containsExactly("1:39 ddl-and-backfill-in-one-transaction on public.parcels");
    }

    @Test
    void rowsMadeOfOtherRowsCountAndSoDoThoseOfABlock() {
        String lock = "ALTER TABLE orders ADD COLUMN a text; ";
        assertThat(check(lock + "INSERT INTO totals SELECT region, count(*) FROM orders GROUP BY 1;"))
                .containsExactly("1:39 ddl-and-backfill-in-one-transaction on public.orders");
        assertThat(check(lock + "DO $$ BEGIN UPDATE orders SET a = 'x'; END $$;"))
                .containsExactly("1:39 ddl-and-backfill-in-one-transaction on public.orders");
    }

    @Test
    void aLockThatOnlyBlocksWritesCountsForRows() {
        assertThat(check("CREATE TRIGGER t BEFORE UPDATE ON orders EXECUTE FUNCTION f(); UPDATE orders SET a = 'x';"))
                .containsExactly("1:64 ddl-and-backfill-in-one-transaction on public.orders");
    }

    @Test
    void otherTablesAreNamedWhenTheyAreWorkedOnOrWaitedFor() {
        String lock = "ALTER TABLE orders ADD COLUMN a text; ";
        assertThat(check(lock + "CREATE INDEX ON customers (name);"))
                .containsExactly("1:39 work-under-exclusive-lock on public.orders");
        assertThat(check(lock + "ALTER TABLE orders ADD FOREIGN KEY (c) REFERENCES customers NOT VALID;"))
                .containsExactly("1:39 several-tables-in-one-transaction on public.customers");
        assertThat(check(lock + "DROP INDEX orders_region_idx; CREATE SEQUENCE s;"))
                .isEmpty();
    }

    private static List<String> check(String sql) {
        CheckFile file = CheckFile.of(Scripts.parse(new SourceText("test.sql", sql)), TransactionMode.AUTO);
        CheckResult result = Linter.check(List.of(file), CheckOptions.defaults());
        return result.files().getFirst().findings().stream()
                .filter(finding -> RULES.contains(finding.rule().id()))
                .map(finding -> "1:" + (finding.span().start() + 1) + " "
                        + finding.rule().id() + " on " + finding.relation().orElseThrow())
                .toList();
    }
}
