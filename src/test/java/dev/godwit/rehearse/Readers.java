package dev.godwit.rehearse;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Two readers whose short transactions overlap, so that a table is never without one and none is old.
final class Readers implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();

    private Readers() {}

    static Readers of(DatabaseUrl url, String table) {
        Readers readers = new Readers();
        for (int i = 0; i < 2; i++) {
            readers.threads.add(Thread.ofVirtual()
                    .start(() -> readers.read(
                            url,
                            "BEGIN; LOCK TABLE " + table + " IN ACCESS SHARE MODE; SELECT pg_sleep(0.06); COMMIT")));
        }
        return readers;
    }

    private void read(DatabaseUrl url, String sql) {
        try (Session session = Session.open(url, "short reader")) {
            while (!over.get()) {
                session.execute(sql);
            }
        }
    }

    void end() {
        over.set(true);
    }

    @Override
    public void close() {
        end();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
