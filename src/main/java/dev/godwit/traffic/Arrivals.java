package dev.godwit.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The clock of an open loop: arrival i is due at `i / rate` whether or not a connection is free, so a stall delays
/// every arrival behind it instead of hiding them. Arrivals are numbered, not stored; a backlog costs no memory.
///
/// One thread at a time waits for the clock (the leader); the others queue for its place. So 2,000 arrivals a second
/// wake 2,000 threads a second, not 2,000 times the number of connections.
final class Arrivals {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock leader = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Stopwatch stopwatch;
    private final int ratePerSecond;
    private final List<Long> running = new ArrayList<>();

    private long issued;
    private long shift;
    private long lastDue = NEVER;
    private boolean stopping;

    Arrivals(Stopwatch stopwatch, int ratePerSecond) {
        this.stopwatch = stopwatch;
        this.ratePerSecond = ratePerSecond;
    }

    /// Waits until the next request is due and takes it.
    ///
    /// @return when it was due; empty when the traffic has stopped
    OptionalLong take() throws InterruptedException {
        leader.lockInterruptibly();
        try {
            lock.lockInterruptibly();
            try {
                return awaitDue();
            } finally {
                lock.unlock();
            }
        } finally {
            leader.unlock();
        }
    }

    private OptionalLong awaitDue() throws InterruptedException {
        while (!(stopping && due(issued) > lastDue)) {
            long due = due(issued);
            long wait = due - stopwatch.nanos();
            if (due > lastDue) {
                changed.await();
            } else if (wait > 0) {
                changed.awaitNanos(wait);
            } else {
                issued++;
                running.add(due);
                return OptionalLong.of(due);
            }
        }
        return OptionalLong.empty();
    }

    private long due(long arrival) {
        return shift + arrival * NANOS_A_SECOND / ratePerSecond;
    }

    /// The request that was due then has its answer.
    void done(long due) {
        lock.lock();
        try {
            running.remove(Long.valueOf(due));
            if (lastDue != NEVER) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Requests due after now do not happen until [#resume].
    ///
    /// @return whether everything due before now was answered within the time given
    boolean pause(long atMostNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            lastDue = Math.min(lastDue, stopwatch.nanos());
            changed.signalAll();
            boolean resting = awaitRest(atMostNanos);
            if (resting) {
                stopwatch.hold();
            }
            return resting;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRest(long atMostNanos) throws InterruptedException {
        long rest = atMostNanos;
        while (!running.isEmpty() || due(issued) <= lastDue) {
            if (rest <= 0) {
                return false;
            }
            rest = changed.awaitNanos(rest);
        }
        return true;
    }

    /// Goes on where [#pause] came to rest; the time between never was. After a pause that did not come to rest,
    /// whatever became due meanwhile still happens.
    void resume() {
        locked(() -> {
            if (stopping) {
                return;
            }
            if (stopwatch.release()) {
                shift += stopwatch.nanos() - lastDue;
            }
            lastDue = NEVER;
        });
    }

    /// Nothing that becomes due from now on is taken; what is due already still is.
    void stop() {
        locked(() -> {
            lastDue = Math.min(lastDue, stopwatch.nanos());
            stopping = true;
        });
    }

    /// Gives up what is due and not taken yet.
    void abort() {
        locked(() -> {
            lastDue = Math.min(lastDue, due(issued) - 1);
            stopping = true;
        });
    }

    /// @return when each request that is due and unanswered was due, oldest first
    long[] waiting() {
        lock.lock();
        try {
            long until = Math.min(stopwatch.nanos(), lastDue);
            long[] taken = running.stream().mapToLong(Long::longValue).sorted().toArray();
            int backlog = backlog(until);
            long[] all = Arrays.copyOf(taken, taken.length + backlog);
            for (int i = 0; i < backlog; i++) {
                all[taken.length + i] = due(issued + i);
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    private int backlog(long until) {
        int count = 0;
        while (due(issued + count) <= until) {
            count++;
        }
        return count;
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
