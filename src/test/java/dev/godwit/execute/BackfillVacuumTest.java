package dev.godwit.execute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackfillVacuumTest {
    /// So slow that the server counts the dead rows in between, which it does once a second.
    private static final String FILL =
            "-- godwit:backfill batch=20000 pause=300ms\nUPDATE \"t\"\"; --\" SET value = 1 WHERE value IS NULL";

    private final TestDatabase database = new TestDatabase(18);

    @AfterEach
    void close() {
        database.close();
    }

    private long blocks() {
        return database.number("SELECT sum(pg_relation_size(c.oid)) / 8192 FROM pg_class c WHERE c.relname LIKE 't%'"
                + " AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace");
    }

    /// Its key is of a type that is not gone over in rounds, which leave little to vacuum.
    @Test
    void theSpaceOfChangedRowsIsUsedAgain() {
        database.session.execute("""
                CREATE TABLE "t""; --" (id numeric PRIMARY KEY, value int, note text) PARTITION BY RANGE (id);
                CREATE TABLE t1 PARTITION OF "t""; --" FOR VALUES FROM (0) TO (200001) WITH (autovacuum_enabled = off);
                INSERT INTO "t""; --" SELECT n, NULL, repeat('x', 50) FROM generate_series(1, 200000) n;
                ANALYZE "t""; --\"""");
        long before = blocks();

        database.run(TestWork.unwrapped("1", FILL));

        assertThat(database.number("SELECT count(*) FROM \"t\"\"; --\" WHERE value = 1"))
                .isEqualTo(200_000);
        assertThat(database.events(RunEvent.Vacuumed.class))
                .isNotEmpty()
                .allSatisfy(vacuumed -> assertThat(vacuumed.relation()).isEqualTo("public.t1"));
        assertThat(blocks()).isLessThan(before * 19 / 10);
    }
}
