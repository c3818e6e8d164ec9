package dev.godwit.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.Script;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeardScriptTest {
    private static final Set<QualifiedName> OWN = Set.of(QualifiedName.inPublic("schema_migrations"));

    private static final String FILE = """
            class AddRegion < ActiveRecord::Migration[6.1]
              def change
                add_column :orders, :region, :string
                add_index :orders, :region
              end
            end
            """;

    private static Heard in(String sql) {
        return new Heard(1, sql, true, true, false);
    }

    private static Heard alone(String sql) {
        return new Heard(1, sql, false, false, false);
    }

    private static final Heard BEGIN = new Heard(1, "BEGIN", false, true, false);
    private static final Heard COMMIT = new Heard(1, "COMMIT", true, false, false);
    private static final Heard ROLLBACK = new Heard(1, "ROLLBACK", true, false, false);

    private static Script heard(Heard... heard) {
        Script original = new Script(
                Path.of("1_add_region.rb"),
                new SourceText("db/migrate/1_add_region.rb", FILE),
                Script.Language.CODE,
                TransactionMode.AUTO);
        return HeardScript.of(original, List.of(heard), OWN);
    }

    private static String flat(Script script) {
        return script.text().content().strip().replaceAll("\\s+", " ");
    }

    @Test
    void aTransactionKeepsItsBordersAndLosesTheFrameworksOwnWords() {
        Script script = heard(
                alone("SET client_min_messages TO 'warning'"),
                alone("SELECT pg_try_advisory_lock(42)"),
                BEGIN,
                in("ALTER TABLE \"orders\" ADD \"region\" character varying"),
                in("SHOW max_identifier_length"),
                in("INSERT INTO \"schema_migrations\" (\"version\") VALUES ($1) RETURNING \"version\""),
                COMMIT);
        assertThat(flat(script)).isEqualTo("BEGIN; ALTER TABLE \"orders\" ADD \"region\" character varying; COMMIT;");
        assertThat(script.transactionMode()).isEqualTo(TransactionMode.NEVER);
        assertThat(Scripts.parse(script.text()).problems()).isEmpty();
    }

    @Test
    void aTransactionOfVersionRowsOnlyIsNotTheMigrations() {
        assertThat(flat(heard(
                        alone("CREATE INDEX CONCURRENTLY i ON orders (region)"),
                        BEGIN,
                        in("INSERT INTO schema_migrations VALUES ('1')"),
                        COMMIT)))
                .isEqualTo("CREATE INDEX CONCURRENTLY i ON orders (region);");
    }

    @Test
    void whatWasRolledBackWasNotSaid() {
        assertThat(flat(heard(BEGIN, in("ALTER TABLE orders ADD x int"), ROLLBACK)))
                .isEmpty();
    }

    @Test
    void whatFailedOutsideOfATransactionWasNotSaid() {
        assertThat(flat(heard(new Heard(1, "CREATE INDEX i ON nowhere (x)", false, false, true))))
                .isEmpty();
    }

    @Test
    void severalStatementsOfOneQueryAreOneTransaction() {
        assertThat(flat(heard(alone("CREATE TABLE a (x int); CREATE TABLE b (x int);"))))
                .isEqualTo("BEGIN; CREATE TABLE a (x int); CREATE TABLE b (x int); COMMIT;");
    }

    @Test
    void connectionsAreKeptApart() {
        assertThat(flat(heard(
                        BEGIN,
                        new Heard(2, "CREATE INDEX i ON orders (region)", false, false, false),
                        in("ALTER TABLE orders ADD x int"),
                        COMMIT)))
                .isEqualTo("CREATE INDEX i ON orders (region); BEGIN; ALTER TABLE orders ADD x int; COMMIT;");
    }

    @Test
    void eachStatementStandsOnTheLineThatMadeIt() {
        Script script = heard(
                BEGIN,
                in("ALTER TABLE \"orders\" ADD \"region\" character varying"),
                in("CREATE INDEX \"index_orders_on_region\" ON \"orders\" (\"region\")"),
                COMMIT);
        SourceText text = script.text();
        assertThat(text.position(text.content().indexOf("ALTER")).line()).isEqualTo(3);
        assertThat(text.position(text.content().indexOf("CREATE INDEX")).line()).isBetween(3, 4);
        assertThat(text.name()).isEqualTo("db/migrate/1_add_region.rb");
    }

    @Test
    void aLiteralKeepsItsLineBreaks() {
        Script script = heard(alone("COMMENT ON TABLE orders IS 'one\ntwo'"));
        assertThat(script.text().content()).contains("'one\ntwo'");
    }
}
