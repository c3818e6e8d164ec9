package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Column;
import dev.godwit.catalog.Table;
import dev.godwit.catalog.TableKind;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.problem.GodwitException;
import dev.godwit.source.Direction;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ScriptParts;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinterTest {
    private static final CheckOptions DEFAULTS = CheckOptions.defaults();

    @Test
    void whatTheReleaseMadeItselfIsFreeGame() {
        assertThat(check("""
                CREATE TABLE carts (id bigint PRIMARY KEY, n integer);
                CREATE INDEX ON carts (n);
                ALTER TABLE carts ADD CHECK (n > 0);
                ALTER TABLE carts ALTER COLUMN n SET NOT NULL;
                ALTER TABLE carts ADD COLUMN token uuid DEFAULT gen_random_uuid();
                ALTER TABLE carts ALTER COLUMN n TYPE bigint;
                UPDATE carts SET n = 1;
                ALTER TABLE carts RENAME COLUMN n TO amount;
                ALTER TABLE carts DROP COLUMN amount;
                DROP TABLE carts;
                """)).isEmpty();
    }

    @Test
    void aLaterFileSeesWhatAnEarlierOneMade() {
        assertThat(release(DEFAULTS, "CREATE TABLE carts (id bigint);", "CREATE INDEX ON carts (id);"))
                .isEmpty();
        assertThat(release(DEFAULTS, "CREATE INDEX ON carts (id);", "CREATE TABLE other (id bigint);"))
                .containsExactly("1:1 error create-index-not-concurrent");
    }

    @Test
    void aTableThatWasDroppedAndComesBackWithItsNameIsNew() {
        assertThat(check("DROP TABLE carts; CREATE TABLE carts (id bigint); CREATE INDEX ON carts (id);"))
                .containsExactly("1:1 error drop-table");
    }

    @Test
    void aNameBelongsToTheSchemaOfItsSearchPath() {
        assertThat(check("CREATE TABLE carts (id bigint); SET search_path TO shop; CREATE INDEX ON carts (id);"))
                .containsExactly("1:58 error create-index-not-concurrent");
        assertThat(check("SET search_path TO shop; CREATE TABLE carts (id bigint); CREATE INDEX ON shop.carts (id);"))
                .isEmpty();
    }

    @Test
    void aValidatedCheckOfAnEarlierFileMakesNotNullCheap() {
        String check = "ALTER TABLE orders ADD CONSTRAINT c CHECK (region IS NOT NULL) NOT VALID;";
        String validate = "ALTER TABLE orders VALIDATE CONSTRAINT c;";
        String notNull = "ALTER TABLE orders ALTER COLUMN region SET NOT NULL;";
        assertThat(release(DEFAULTS, check, validate, notNull)).isEmpty();
        assertThat(release(DEFAULTS, check, notNull)).containsExactly("1:1 error set-not-null-scans");
    }

    @Test
    void aCheckThatPassesOnNullProvesNothing() {
        assertThat(release(
                        DEFAULTS,
                        "ALTER TABLE orders ADD CONSTRAINT c CHECK (region <> '') NOT VALID;",
                        "ALTER TABLE orders VALIDATE CONSTRAINT c;",
                        "ALTER TABLE orders ALTER COLUMN region SET NOT NULL;"))
                .containsExactly("1:1 error set-not-null-scans");
    }

    @Test
    void aColumnAddedByTheReleaseMayGoAgain() {
        assertThat(check("ALTER TABLE orders ADD COLUMN c text; ALTER TABLE orders RENAME COLUMN c TO d;"
                        + " ALTER TABLE orders DROP COLUMN d;"))
                .isEmpty();
    }

    @Test
    void oneFindingForEachHazardousActionAtItsPlace() {
        assertThat(check("""
                ALTER TABLE orders
                    ADD COLUMN note text,
                    DROP COLUMN region, -- away, with it
                    ALTER COLUMN "a,b" TYPE bigint,
                    ADD CONSTRAINT c CHECK (n IN (1, 2));
                """))
                .containsExactly(
                        "3:5 error drop-column", "4:5 error column-type-rewrite", "5:5 error check-validated-at-once");
    }

    @Test
    void aConcurrentIndexIsWrongOnlyInATransaction() {
        String sql = "CREATE INDEX CONCURRENTLY i ON orders (region);";
        assertThat(check(sql, TransactionMode.AUTO)).isEmpty();
        assertThat(check(sql, TransactionMode.NEVER)).isEmpty();
        assertThat(check(sql, TransactionMode.ALWAYS)).containsExactly("1:1 error concurrently-in-transaction");
        assertThat(check("BEGIN; " + sql + " COMMIT;", TransactionMode.NEVER))
                .containsExactly("1:8 error concurrently-in-transaction");
        assertThat(check("BEGIN; SELECT 1; COMMIT; " + sql, TransactionMode.AUTO))
                .isEmpty();
        assertThat(check("COMMIT; " + sql, TransactionMode.ALWAYS))
                .containsExactly("1:1 warning transaction-in-transaction");
    }

    @Test
    void otherStatementsThatRefuseATransactionAreFoundAsWell() {
        assertThat(check(
                        "VACUUM orders; REINDEX TABLE CONCURRENTLY orders; ALTER TABLE e DETACH PARTITION p CONCURRENTLY;",
                        TransactionMode.ALWAYS))
                .containsExactly(
                        "1:1 error concurrently-in-transaction",
                        "1:16 error concurrently-in-transaction",
                        "1:51 error concurrently-in-transaction");
    }

    @Test
    void aFixThatCannotRunIsNotOffered() {
        String sql = "CREATE INDEX i ON orders (region);";
        assertThat(findings(sql, TransactionMode.AUTO).getFirst().fix())
                .contains("CREATE INDEX CONCURRENTLY i ON orders (region)");
        assertThat(findings(sql, TransactionMode.ALWAYS).getFirst().fix()).isEmpty();
        assertThat(findings("BEGIN; " + sql + " COMMIT;", TransactionMode.AUTO)
                        .getFirst()
                        .fix())
                .isEmpty();
        assertThat(findings("DROP INDEX a, b;", TransactionMode.AUTO))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.fix()).isEmpty());
        assertThat(findings("ALTER TABLE orders ADD UNIQUE (a) INCLUDE (b);", TransactionMode.AUTO)
                        .getFirst()
                        .fix())
                .isEmpty();
    }

    @Test
    void aForeignKeyOfANewEmptyColumnOnlyLocks() {
        assertThat(check("ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers;"))
                .containsExactly("1:1 warning foreign-key-validated-at-once");
        assertThat(check("ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES customers;"))
                .containsExactly("1:1 error foreign-key-validated-at-once");
    }

    @Test
    void aSuppressionWithAReasonHidesItsRuleOnly() {
        assertThat(check("""
                -- godwit:ignore drop-column nobody reads it since release 7
                ALTER TABLE orders DROP COLUMN region;
                -- godwit:ignore drop-column, create-index-not-concurrent nobody reads it
                ALTER TABLE orders DROP COLUMN kind;
                -- godwit:ignore drop-column
                ALTER TABLE orders DROP COLUMN color;
                -- godwit:ignore drop-colum typing fast
                ALTER TABLE orders DROP COLUMN size;
                -- godwit:ignore
                SELECT 1;
                """))
                .containsExactly(
                        "3:1 warning unused-ignore",
                        "5:1 warning unused-ignore",
                        "6:1 error drop-column",
                        "7:1 warning unused-ignore",
                        "8:1 error drop-column",
                        "9:1 warning unused-ignore");
    }

    @Test
    void aMistypedRuleIsNamedWithTheNearest() {
        Finding finding = findings("-- godwit:ignore drop-colum why\nSELECT 1;", TransactionMode.AUTO)
                .getFirst();
        assertThat(finding.message()).contains("drop-colum");
        assertThat(finding.help()).contains("drop-column");
    }

    @Test
    void aSuppressionOfARuleThatIsOffIsNotJudged() {
        CheckOptions off = DEFAULTS.settings(Map.of("drop-column", RuleSetting.OFF));
        assertThat(release(off, "-- godwit:ignore drop-column why\nALTER TABLE orders DROP COLUMN region;"))
                .isEmpty();
    }

    @Test
    void aSettingChangesOrSilencesARule() {
        String sql = "DROP TABLE orders;";
        assertThat(release(DEFAULTS.settings(Map.of("drop-table", RuleSetting.WARNING)), sql))
                .containsExactly("1:1 warning drop-table");
        assertThat(release(DEFAULTS.settings(Map.of("drop-table", RuleSetting.OFF)), sql))
                .isEmpty();
        assertThatThrownBy(() -> release(DEFAULTS.settings(Map.of("drop-tabel", RuleSetting.OFF)), sql))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        failure -> assertThat(failure.problem().remedy()).contains("drop-table"));
    }

    @Test
    void theThresholdDecidesWhetherTheCheckRefuses() {
        CheckFile warned = file("DROP INDEX i;", TransactionMode.AUTO);
        assertThat(Linter.check(List.of(warned), DEFAULTS).refused()).isFalse();
        assertThat(Linter.check(List.of(warned), DEFAULTS.failOn(FailOn.WARNING))
                        .refused())
                .isTrue();
        CheckFile wrong = file("DROP TABLE t;", TransactionMode.AUTO);
        assertThat(Linter.check(List.of(wrong), DEFAULTS).refused()).isTrue();
        assertThat(Linter.check(List.of(wrong), DEFAULTS.failOn(FailOn.NEVER)).refused())
                .isFalse();
    }

    @Test
    void anUpdateOfOneKeyIsNoBulkChange() {
        assertThat(check("UPDATE orders SET a = 1 WHERE id = 7; DELETE FROM orders WHERE id IN (1, 2) AND a = 2;"))
                .isEmpty();
        assertThat(check("UPDATE orders SET a = 1 WHERE kind = 'x';"))
                .containsExactly("1:1 warning unbatched-update-or-delete");
        assertThat(check("DELETE FROM orders WHERE id > 7;")).containsExactly("1:1 error unbatched-update-or-delete");
        assertThat(check("UPDATE orders o SET a = 1 FROM kinds k WHERE o.id = k.id;"))
                .containsExactly("1:1 error unbatched-update-or-delete");
    }

    @Test
    void aBackfillIsFineUnlessItCannotBeOne() {
        String plain = "-- godwit:backfill batch=100\nUPDATE orders SET a = 1;";
        assertThat(check(plain, TransactionMode.AUTO)).isEmpty();
        assertThat(check(plain, TransactionMode.ALWAYS)).containsExactly("2:1 error unbatched-update-or-delete");
        assertThat(check("-- godwit:backfill\nUPDATE orders SET a = 1 RETURNING id;"))
                .containsExactly("2:1 error unbatched-update-or-delete");
    }

    @Test
    void aBrokenStatementHidesNoOther() {
        assertThat(check("ALTER TABL orders;\nDROP TABLE orders;"))
                .containsExactly("1:7 error syntax-error", "2:1 error drop-table");
    }

    @Test
    void sizeDecidesWhereItIsKnown() {
        String sql = "CREATE INDEX ON %1$s (n); UPDATE %1$s SET n = 1;";
        assertThat(sized(200, 81_920, sql))
                .containsExactly(
                        "1:1 info create-index-not-concurrent",
                        "1:24 info unbatched-update-or-delete",
                        "1:24 info ddl-and-backfill-in-one-transaction");
        assertThat(sized(500_000, 50_000_000, sql))
                .containsExactly(
                        "1:1 error create-index-not-concurrent",
                        "1:24 error unbatched-update-or-delete",
                        "1:24 error ddl-and-backfill-in-one-transaction");
        assertThat(sized(2_000_000, 400_000_000, "UPDATE %s SET n = 1 WHERE n = 2;"))
                .containsExactly("1:1 error unbatched-update-or-delete");
        assertThat(sized(0, 90_000_000, sql)).allMatch(finding -> finding.contains("error"));
        assertThat(sized(0, 8_192, sql)).allMatch(finding -> finding.contains("info"));
    }

    @Test
    void theMessageSaysTheSize() {
        CheckOptions options = DEFAULTS.catalog(catalog(2_400_000, 1_288_490_189, List.of()));
        CheckFile file = file("CREATE INDEX ON t (n);", TransactionMode.AUTO);
        Finding finding = Linter.check(List.of(file), options)
                .files()
                .getFirst()
                .findings()
                .getFirst();
        assertThat(finding.message())
                .endsWith("public.t has about 2,400,000 rows (1.2 GB): expect 1 s or more, while writes wait.");
    }

    @Test
    void theCatalogKnowsThePresentType() {
        List<Column> columns = List.of(column("name", "character varying(20)"), column("n", "integer"));
        CheckOptions options = DEFAULTS.catalog(catalog(5_000_000, 1_000_000_000, columns));
        assertThat(release(options, "ALTER TABLE t ALTER COLUMN name TYPE varchar(40);"))
                .isEmpty();
        assertThat(release(options, "ALTER TABLE t ALTER COLUMN name TYPE varchar(10);"))
                .containsExactly("1:1 error column-type-rewrite", "1:1 error column-type-narrows");
        assertThat(release(DEFAULTS, "ALTER TABLE t ALTER COLUMN name TYPE varchar(40);"))
                .containsExactly("1:1 warning column-type-rewrite");
    }

    @Test
    void aDownMayTakeAwayWhatItsUpMade() {
        assertThat(down("CREATE TABLE carts (id bigint);", "DROP TABLE carts;")).containsExactly("1:1 info drop-table");
        assertThat(down("ALTER TABLE orders ADD COLUMN c text;", "ALTER TABLE orders DROP COLUMN c;"))
                .containsExactly("1:1 info drop-column");
        assertThat(down("ALTER TABLE orders ADD COLUMN c text;", "ALTER TABLE orders DROP COLUMN d;"))
                .containsExactly("1:1 error drop-column");
    }

    @Test
    void aDownStillTakesLocksOnWhatIsInUse() {
        assertThat(down("CREATE INDEX CONCURRENTLY i ON orders (a);", "DROP INDEX i;"))
                .containsExactly("1:1 warning drop-index-not-concurrent");
        assertThat(down("CREATE TABLE carts (id bigint); CREATE INDEX i ON carts (id);", "DROP INDEX i;"))
                .containsExactly("1:1 warning drop-index-not-concurrent");
        assertThat(down("CREATE TABLE carts (id bigint);", "CREATE INDEX ON carts (id);"))
                .containsExactly("1:1 error create-index-not-concurrent");
    }

    @Test
    void anEmptyScriptHasNoFindings() {
        assertThat(check("")).isEmpty();
        assertThat(check("-- nothing\n;;")).isEmpty();
    }

    private static List<String> check(String sql) {
        return check(sql, TransactionMode.AUTO);
    }

    private static List<String> check(String sql, TransactionMode mode) {
        return shown(Linter.check(List.of(file(sql, mode)), DEFAULTS));
    }

    private static List<Finding> findings(String sql, TransactionMode mode) {
        return Linter.check(List.of(file(sql, mode)), DEFAULTS)
                .files()
                .getFirst()
                .findings();
    }

    private static List<String> release(CheckOptions options, String... files) {
        List<CheckFile> release = new ArrayList<>();
        for (String sql : files) {
            release.add(file(sql, TransactionMode.AUTO));
        }
        return shown(Linter.check(release, options));
    }

    private static List<String> down(String up, String down) {
        CheckFile file = new CheckFile(
                ScriptParts.of(script(down)), TransactionMode.AUTO, Optional.of(ScriptParts.of(script(up))));
        return shown(Linter.check(List.of(file), DEFAULTS.direction(Direction.DOWN)));
    }

    private static List<String> sized(long rows, long bytes, String sql) {
        return release(DEFAULTS.catalog(catalog(rows, bytes, List.of())), sql.formatted("t"));
    }

    private static CatalogSnapshot catalog(long rows, long bytes, List<Column> columns) {
        Table table = new Table(
                QualifiedName.inPublic("t"),
                TableKind.ORDINARY,
                columns,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                rows,
                bytes);
        return new CatalogSnapshot(PostgresVersion.ofMajor(18), List.of(table), List.of());
    }

    private static Column column(String name, String type) {
        return new Column(name, type, false, Optional.empty(), false, false);
    }

    private static CheckFile file(String sql, TransactionMode mode) {
        return CheckFile.of(script(sql), mode);
    }

    private static ParsedScript script(String sql) {
        return Scripts.parse(new SourceText("test.sql", sql));
    }

    private static List<String> shown(CheckResult result) {
        return result.files().stream()
                .flatMap(file -> file.findings().stream()
                        .map(finding -> file.source().position(finding.span().start()) + " "
                                + finding.severity().word() + " "
                                + finding.rule().id()))
                .toList();
    }
}
