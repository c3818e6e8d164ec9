package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Session;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A stop on purpose, asked for from another thread (Ctrl-C, SIGTERM, a pause).
///
/// Asking cancels the statement that runs now, wakes every wait, and makes the work end with a [Problem] that says how
/// to go on.
public final class Cancellation {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final AtomicReference<@Nullable Session> current = new AtomicReference<>();
    private final String resumeCommand;

    /// @param resumeCommand what to type to go on, `godwit apply 20261122_x`
    public Cancellation(String resumeCommand) {
        this.resumeCommand = requireNonNull(resumeCommand);
    }

    /// Never blocks but for the message to the server. May be called more than once: a cancel that arrives between two
    /// statements hits nothing, so a signal handler may repeat it.
    public void request() {
        requested.countDown();
        Session session = current.get();
        if (session != null) {
            session.cancel();
        }
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    public String resumeCommand() {
        return resumeCommand;
    }

    /// @param session the one whose statements a request cancels from now on
    void cancels(Session session) {
        current.set(session);
        check();
    }

    void cancelsNothing() {
        current.set(null);
    }

    /// @throws GodwitException when a stop is asked for
    public void check() {
        if (isRequested()) {
            throw stopped();
        }
    }

    /// Waits, and no longer than until a stop is asked for.
    public void pause(Duration time) {
        try {
            if (requested.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw stopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    GodwitException stopped() {
        return Problem.stopped("stopped on request")
                .leaving("every finished step is in the ledger, the one that was running is rolled back or will be"
                        + " reconciled")
                .remedy(resumeCommand)
                .raise();
    }
}
