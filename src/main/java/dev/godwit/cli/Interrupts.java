package dev.godwit.cli;

import dev.godwit.execute.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C and SIGTERM while a command works: the current statement is cancelled, and the command gets time to journal
/// where it stopped, to clear away what it made, and to end the process with its own exit code.
final class Interrupts implements AutoCloseable {
    private static final long SECONDS_TO_SETTLE = 10;

    /// How long it takes to print what stopped it.
    private static final long SECONDS_TO_END = 5;

    private final Cancellation cancellation;
    private final CountDownLatch settled = new CountDownLatch(1);

    private Interrupts(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    static Interrupts stopping(Cancellation cancellation) {
        Interrupts interrupts = new Interrupts(cancellation);
        Runtime.getRuntime().addShutdownHook(new Thread(interrupts::settle, "stop"));
        return interrupts;
    }

    private void settle() {
        if (settled.getCount() == 0) {
            return;
        }
        cancellation.request();
        try {
            if (settled.await(SECONDS_TO_SETTLE, TimeUnit.SECONDS)) {
                TimeUnit.SECONDS.sleep(SECONDS_TO_END);
            } else {
                cancellation.request();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /// The work is over, well or not: there is nothing left to stop.
    @Override
    public void close() {
        settled.countDown();
    }
}
