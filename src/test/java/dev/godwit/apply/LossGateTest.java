package dev.godwit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.fact.Consequences.Loss;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.staging.TestClusters;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a rollback would take away, asked of real tables.
class LossGateTest {
    private final Session session =
            Session.open(DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of()), "godwit test");

    @AfterEach
    void close() {
        session.close();
    }

    private Gate ask(String down, String... told) {
        return new LossGate(session, "1_x").ask(losses(down), Set.of(told));
    }

    private List<Loss> losses(String down) {
        Script up = new Script(Path.of("up.sql"), new SourceText("up.sql", "SELECT 1"));
        Script undo = new Script(Path.of("down.sql"), new SourceText("down.sql", down));
        Migration migration = new Migration("1", "x", up, Optional.of(undo), TransactionMode.AUTO);
        return Undertaking.of(CatalogReader.read(session, Set.of()), SqlForm.of(migration), Direction.DOWN)
                .losses();
    }

    @Test
    void aTableMayGoWhileItIsEmpty() {
        session.execute("CREATE TABLE note (text text)");
        assertThat(ask("DROP TABLE note").open()).isTrue();

        session.execute("INSERT INTO note VALUES ('Jane Roe')");
        Gate gate = ask("DROP TABLE note");

        assertThat(gate.open()).isFalse();
        assertThat(gate.reason()).isEqualTo("the rows of public.note would go");
        assertThat(gate.remedy()).endsWith("godwit rollback 1_x --lose 'public.note'");
    }

    @Test
    void aColumnMayGoWhileNobodyHasPutAnythingIntoIt() {
        session.execute("CREATE TABLE orders (id int, region text, size int DEFAULT 3, ok boolean DEFAULT true,"
                + " name text DEFAULT 'it''s'::text, twice int GENERATED ALWAYS AS (id * 2) STORED, doc json DEFAULT '{}');"
                + "INSERT INTO orders (id) VALUES (1), (2)");
        String down = "ALTER TABLE orders DROP COLUMN twice, DROP COLUMN region, DROP COLUMN size, DROP COLUMN ok,"
                + " DROP COLUMN name, DROP COLUMN doc";
        assertThat(ask(down).open()).as(ask(down).reason()).isTrue();

        session.execute("UPDATE orders SET region = 'north', size = 4, doc = '[]' WHERE id = 2");

        assertThat(ask(down).reason())
                .isEqualTo("the values in public.orders.region would go; the values in public.orders.size would go;"
                        + " the values in public.orders.doc would go");
    }

    @Test
    void aDefaultThatDiffersFromRowToRowIsAValueAndIsNotComputed() {
        session.execute("CREATE SEQUENCE s; CREATE TABLE orders (id int, number int DEFAULT nextval('s'));"
                + "INSERT INTO orders VALUES (1, 1)");

        assertThat(ask("ALTER TABLE orders DROP COLUMN number").open()).isFalse();

        assertThat(session.queryOne("SELECT nextval('s') AS n", row -> row.number("n")))
                .contains(1L);
    }

    @Test
    void onlyWhatIsNamedMayGo() {
        session.execute("CREATE TABLE note (text text); INSERT INTO note VALUES ('a');"
                + "CREATE TABLE orders (region text); INSERT INTO orders VALUES ('north')");
        String down = "DROP TABLE note; ALTER TABLE orders DROP COLUMN region";

        Gate half = ask(down, "note");
        assertThat(half.open()).isFalse();
        assertThat(half.reason()).isEqualTo("the values in public.orders.region would go");
        assertThat(half.remedy()).contains("--lose 'note' --lose 'public.orders.region'");

        assertThat(ask(down, "public.note", "orders.region").open()).isTrue();
    }

    @Test
    void aNameThatTheDownDoesNotTouchIsAMistake() {
        session.execute("CREATE TABLE note (text text)");
        assertThatThrownBy(() -> ask("DROP TABLE note", "notes"))
                .hasMessageContaining("--lose notes: the down takes nothing of that name away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"\"; drop --", "it's", "Mixed Case", "günther", "a.b"})
    void anyNameIsAskedAndAnswered(String name) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        session.execute("CREATE TABLE " + quoted + " (" + quoted + " int); INSERT INTO " + quoted + " VALUES (1)");

        Gate gate = ask("ALTER TABLE " + quoted + " DROP COLUMN " + quoted);

        assertThat(gate.open()).isFalse();
        assertThat(ask("ALTER TABLE " + quoted + " DROP COLUMN " + quoted, "public." + quoted + "." + quoted)
                        .open())
                .isTrue();
        assertThat(gate.remedy()).contains(name.equals("it's") ? "it'\\''s" : quoted);
    }

    @Test
    void whatAnEarlierAttemptHasDroppedIsGoneAlready() {
        session.execute("CREATE TABLE orders (id int, region text); INSERT INTO orders VALUES (1, 'north')");
        List<Loss> losses = losses("ALTER TABLE orders DROP COLUMN region; DROP TABLE orders");
        session.execute("DROP TABLE orders");

        assertThat(new LossGate(session, "1_x").ask(losses, Set.of()).open()).isTrue();
    }

    @Test
    void rowsThatThisLoginMayNotSeeAreNotTakenForNone() {
        String role = "r" + ProcessHandle.current().pid() + "_" + System.nanoTime();
        session.execute("CREATE ROLE " + role + "; CREATE TABLE note (text text); INSERT INTO note VALUES ('a');"
                + "ALTER TABLE note OWNER TO " + role + "; ALTER TABLE note ENABLE ROW LEVEL SECURITY;"
                + "ALTER TABLE note FORCE ROW LEVEL SECURITY; GRANT USAGE ON SCHEMA public TO " + role);
        List<Loss> losses = losses("DROP TABLE note");
        session.execute("SET ROLE " + role);

        Gate gate = new LossGate(session, "1_x").ask(losses, Set.of());

        assertThat(gate.open()).isFalse();
        assertThat(gate.reason()).contains("may not see all rows");
        session.execute("RESET ROLE; DROP TABLE note; DROP OWNED BY " + role + "; DROP ROLE " + role);
    }
}
