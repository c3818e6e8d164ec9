package dev.godwit.execute;

import dev.godwit.postgres.QualifiedName;
import dev.godwit.throttle.LongWork;
import dev.godwit.throttle.Reading;
import dev.godwit.throttle.Throttle;
import java.time.Duration;
import java.util.Optional;

/// Rests between two batches while a signal is over its limit, and says which.
final class BackfillThrottle implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration SAY_AGAIN = Duration.ofSeconds(10);

    private final StepScope scope;
    private final RunContext context;
    private final BackfillEar ear;
    private final Throttle throttle;
    private Stopwatch sinceLook = Stopwatch.start();

    /// @param table that is changed
    /// @param ear what somebody says meanwhile counts at once
    BackfillThrottle(StepScope scope, QualifiedName table, BackfillEar ear) {
        this.scope = scope;
        this.context = scope.context();
        this.ear = ear;
        this.throttle = context.throttles().on(new LongWork(table, context.connections()::open));
    }

    /// Outside of a transaction, so that a rest holds nothing up.
    void await() {
        if (sinceLook.elapsed().compareTo(BETWEEN_LOOKS) < 0) {
            return;
        }
        Stopwatch rested = Stopwatch.start();
        Duration sayAt = Duration.ZERO;
        for (Optional<Reading> over = look(); over.isPresent(); over = look()) {
            if (rested.elapsed().compareTo(sayAt) >= 0) {
                scope.tell(new RunEvent.Throttled(scope.index(), over.get().sentence(), rested.elapsed()));
                sayAt = rested.elapsed().plus(SAY_AGAIN);
            }
            context.cancellation().pause(BETWEEN_LOOKS);
            context.fence().check();
            ear.obey();
        }
        sinceLook = Stopwatch.start();
    }

    private Optional<Reading> look() {
        return throttle.look(scope.session());
    }

    /// @return what the next batch is to be paced by: how long this one took, or how long somebody else waited
    /// meanwhile
    Duration orFelt(Duration took) {
        Duration felt = throttle.felt();
        return felt.compareTo(took) > 0 ? felt : took;
    }

    @Override
    public void close() {
        throttle.close();
    }
}
