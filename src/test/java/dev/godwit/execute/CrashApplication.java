package dev.godwit.execute;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// A process that carries out the crash test's migration and is killed while it does so. It says that it is ready, and
/// begins when it is given the database's URL.
final class CrashApplication {
    private CrashApplication() {}

    static Work work() {
        return TestWork.unwrapped("1", """
                BEGIN;
                CREATE TABLE note (id int);
                INSERT INTO note VALUES (1);
                ALTER TABLE orders ADD COLUMN region text;
                COMMIT;
                INSERT INTO marker VALUES ('after the table');
                CREATE INDEX CONCURRENTLY orders_total ON orders (total);
                -- godwit:backfill batch=1500
                UPDATE orders SET touched = touched + 1;
                INSERT INTO marker VALUES ('after the backfill');
                CREATE UNIQUE INDEX CONCURRENTLY orders_number ON orders (number);
                BEGIN;
                ALTER TABLE orders ALTER COLUMN region SET DEFAULT 'north';
                INSERT INTO marker VALUES ('end');
                COMMIT;""");
    }

    static void run(String url) {
        DatabaseUrl database = DatabaseUrl.parse(url, Map.of());
        Connections connections = () -> Session.open(database, "godwit crash test");
        Cancellation cancellation = new Cancellation("godwit apply 1");
        try (SingleRunner runner = SingleRunner.acquire(connections, Duration.ofSeconds(20), cancellation)) {
            new StepRunner(RunContext.of(connections, new Ledger("crash test"), TestDatabase.versions(), cancellation)
                            .with((Fence) runner))
                    .run(work());
        }
    }

    public static void main(String[] arguments) throws IOException {
        work();
        tell("ready");
        String url = new String(System.in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        tell("begun");
        run(url);
        tell("done");
    }

    private static void tell(String word) {
        System.out.println(word);
        System.out.flush();
    }
}
