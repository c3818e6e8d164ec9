package dev.godwit.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C and SIGTERM, which are how a gateway without a command is ended: what it has seen is still printed, and the
/// process ends with the exit code that says so.
final class ProxyStop implements AutoCloseable {
    private static final long SECONDS_TO_SETTLE = 20;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");

    private ProxyStop() {}

    static ProxyStop install() {
        ProxyStop stop = new ProxyStop();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    private void stop() {
        requested.countDown();
        try {
            if (settled.await(SECONDS_TO_SETTLE, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ExitCode.STOPPED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether a stop was asked for within this time
    boolean within(Duration time) {
        try {
            return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// All is printed. Where nobody asked for a stop, nobody has to be answered.
    @Override
    public void close() {
        if (requested.getCount() > 0) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // asked for in this very moment
            }
        }
        settled.countDown();
    }
}
