package dev.godwit.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.TestClusters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is read around a statement: locks, files, write-ahead log, rows.
class StatementEffectsTest {
    private static final QualifiedName ORDERS = QualifiedName.inPublic("or\"ders");

    private Session session;

    @BeforeEach
    void open() {
        session = Session.open(DatabaseUrl.parse(TestClusters.freshDatabase(18), Map.of()), "test");
        session.execute("CREATE TABLE \"or\"\"ders\" (id int PRIMARY KEY, note text)");
        session.execute("INSERT INTO \"or\"\"ders\" SELECT i, 'n' || i FROM generate_series(1, 100) i");
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void locksSinceAStatementAreThatStatements() {
        session.begin();
        session.execute("SELECT count(*) FROM \"or\"\"ders\"");
        LocksHeld before = LocksHeld.of(session);
        session.execute("ALTER TABLE \"or\"\"ders\" ADD COLUMN region text");
        Map<QualifiedName, Set<LockMode>> taken =
                LocksHeld.of(session).since(before).modes();
        session.rollback();
        assertThat(taken).containsEntry(ORDERS, Set.of(LockMode.ACCESS_EXCLUSIVE));
    }

    @Test
    void aRewriteIsAnotherFile() {
        Filenodes before = Filenodes.of(session);
        session.execute("ALTER TABLE \"or\"\"ders\" ADD COLUMN a text DEFAULT 'constant'");
        assertThat(Filenodes.of(session).rewrittenSince(before)).isEmpty();
        session.execute("ALTER TABLE \"or\"\"ders\" ALTER COLUMN id TYPE bigint");
        assertThat(Filenodes.of(session).rewrittenSince(before)).containsExactly(ORDERS);
    }

    @Test
    void writingMovesTheLog() {
        WalPosition before = WalPosition.of(session);
        session.execute("UPDATE \"or\"\"ders\" SET note = note || 'x'");
        assertThat(WalPosition.of(session).since(before)).isGreaterThan(100 * 50);
    }

    @Test
    void rowsInAnyOrderAreTheSameAndAChangedOneIsNot() {
        RowFingerprint before = rows();
        session.execute("UPDATE \"or\"\"ders\" SET note = note WHERE id % 2 = 0");
        assertThat(rows()).isEqualTo(before);
        session.execute("UPDATE \"or\"\"ders\" SET note = 'other' WHERE id = 7");
        assertThat(rows()).isNotEqualTo(before);
    }

    @Test
    void whatRowsAddCanBeTakenAway() {
        RowFingerprint before = rows();
        session.execute("INSERT INTO \"or\"\"ders\" VALUES (101, NULL)");
        RowFingerprint written = rows().minus(before);
        assertThat(written.rows()).isEqualTo(1);
        assertThat(before.plus(written)).isEqualTo(rows());
    }

    private RowFingerprint rows() {
        return RowFingerprint.of(session, ORDERS, List.of("id", "note"));
    }
}
