package dev.godwit.execute;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// How a run ends, or at least loses what it stands on, though nobody asked it to.
enum Death {
    /// The process is killed (-9).
    GODWIT {
        @Override
        void befall(CrashScene scene, CrashAttempt attempt, SplittableRandom random) {
            attempt.kill();
        }
    },

    /// One of its backends is terminated, or all of them.
    BACKEND {
        @Override
        void befall(CrashScene scene, CrashAttempt attempt, SplittableRandom random) {
            String one = random.nextBoolean() ? "" : " ORDER BY random() LIMIT 1";
            scene.text("SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND application_name = '" + CrashApplication.NAME + "'" + one
                    + ") AS its");
        }
    },

    /// The server stops at once and comes again.
    SERVER {
        @Override
        void befall(CrashScene scene, CrashAttempt attempt, SplittableRandom random) {
            scene.server().stopAtOnce();
            LockSupport.parkNanos(random.nextLong(MOMENT.toNanos()));
            scene.server().startAgain();
        }
    },

    /// The network is cut after so many bytes more, mostly in the middle of a message, and comes again.
    NETWORK {
        @Override
        void befall(CrashScene scene, CrashAttempt attempt, SplittableRandom random) {
            scene.relay().cutAfter(random.nextLong(1, 1 << random.nextInt(1, 13)));
            long end = System.nanoTime() + MOMENT.toNanos();
            while (!scene.relay().isDown() && attempt.running() && System.nanoTime() < end) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            scene.relay().cut();
            LockSupport.parkNanos(random.nextLong(MOMENT.toNanos()));
            scene.relay().mend();
        }
    };

    private static final Duration MOMENT = Duration.ofMillis(100);

    abstract void befall(CrashScene scene, CrashAttempt attempt, SplittableRandom random);
}
