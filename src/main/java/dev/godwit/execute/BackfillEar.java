package dev.godwit.execute;

import dev.godwit.execute.BackfillControl.Said;
import dev.godwit.execute.BackfillControl.Wish;
import dev.godwit.problem.Problem;
import java.time.Duration;

/// Does what somebody said to a backfill from another terminal, between two of its batches.
final class BackfillEar {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final StepScope scope;
    private final RunContext context;
    private Said last = new Said(Wish.RUN, 1, "");

    BackfillEar(StepScope scope) {
        this.scope = scope;
        this.context = scope.context();
    }

    /// Returns when the backfill may go on; outside of a transaction, so a pause holds nothing up.
    ///
    /// @throws dev.godwit.problem.GodwitException when it is to end
    void obey() {
        listen();
        if (last.wish() == Wish.PAUSE) {
            scope.tell(new RunEvent.BackfillPaused(scope.index(), last.role()));
            while (last.wish() == Wish.PAUSE) {
                context.cancellation().pause(BETWEEN_LOOKS);
                context.fence().check();
                listen();
            }
            scope.tell(new RunEvent.BackfillResumed(scope.index(), last.role()));
        }
        if (last.wish() == Wish.ABORT) {
            throw aborted();
        }
    }

    private void listen() {
        Said now = BackfillControl.heard(scope);
        if (now.speed() != last.speed()) {
            scope.tell(new RunEvent.BackfillSpeed(scope.index(), now.speed(), now.role()));
        }
        last = now;
    }

    /// @return how long to rest after a batch, beside the pause that the migration asks for
    Duration rest(Duration batchTook) {
        return Duration.ofNanos((long) (batchTook.toNanos() * (1 / last.speed() - 1)));
    }

    private RuntimeException aborted() {
        String migration = scope.run().migration();
        return Problem.stopped("the backfill was aborted by " + last.role())
                .at("step " + (scope.index() + 1) + " of " + migration)
                .leaving("every batch so far is committed; the step is not done")
                .remedy("to go on after all: godwit backfill resume " + migration + ", then "
                        + context.cancellation().resumeCommand())
                .raise();
    }
}
