package dev.godwit.execute;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.source.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// A process that carries out the crash test's migration and is killed while it does so. It says that it is ready, and
/// begins when it is given the direction and the database's URL.
final class CrashApplication {
    static final String NAME = "godwit crash test";

    private CrashApplication() {}

    static Work work(Direction direction) {
        return direction == Direction.UP ? TestWork.unwrapped("1", """
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
                        INSERT INTO marker VALUES ('after the default');
                        COMMIT;
                        -- godwit:backfill batch=2500
                        UPDATE orders SET region = 'south', visits = visits + 1 WHERE region IS NULL;
                        INSERT INTO marker VALUES ('end');""") : TestWork.down("1", """
                        DROP INDEX CONCURRENTLY orders_number;
                        -- godwit:backfill batch=2000
                        UPDATE orders SET touched = touched - 1;
                        INSERT INTO marker VALUES ('taken back');
                        DROP INDEX CONCURRENTLY orders_total;
                        BEGIN;
                        DROP TABLE note;
                        ALTER TABLE orders DROP COLUMN region;
                        COMMIT;""");
    }

    static void run(String url, Direction direction) {
        DatabaseUrl database = DatabaseUrl.parse(url, Map.of());
        Connections connections = () -> Session.open(database, NAME);
        Cancellation cancellation = new Cancellation("godwit apply 1");
        try (SingleRunner runner = SingleRunner.acquire(connections, Duration.ofSeconds(20), cancellation)) {
            new StepRunner(RunContext.of(connections, new Ledger("crash test"), TestDatabase.versions(), cancellation)
                            .with((Fence) runner))
                    .run(work(direction));
        }
    }

    public static void main(String[] arguments) throws IOException {
        work(Direction.UP);
        tell("ready");
        String[] words = new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ", 2);
        tell("begun");
        run(words[1], Direction.valueOf(words[0]));
        tell("done");
    }

    private static void tell(String word) {
        System.out.println(word);
        System.out.flush();
    }
}
