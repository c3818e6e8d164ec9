package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.throttle.Throttles;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What every run needs and no migration decides.
///
/// @param throttles asked between the batches of a backfill
/// @param fence asked before each step whether this runner may still go on
/// @param random for the jitter of retries
public record RunContext(
        Connections connections,
        Ledger ledger,
        VersionBook versions,
        RetryPolicy policy,
        BackfillPace pace,
        RunListener listener,
        StatementObserver observer,
        Cancellation cancellation,
        Fence fence,
        Throttles throttles,
        RandomGenerator random) {
    public RunContext {
        requireNonNull(connections);
        requireNonNull(ledger);
        requireNonNull(versions);
        requireNonNull(policy);
        requireNonNull(pace);
        listener = RunListener.oneAtATime(listener);
        requireNonNull(observer);
        requireNonNull(cancellation);
        requireNonNull(fence);
        requireNonNull(throttles);
        requireNonNull(random);
    }

    /// The defaults: nobody listens, nobody looks, nobody else can reach the database.
    public static RunContext of(
            Connections connections, Ledger ledger, VersionBook versions, Cancellation cancellation) {
        return new RunContext(
                connections,
                ledger,
                versions,
                RetryPolicy.DEFAULT,
                BackfillPace.DEFAULT,
                RunListener.NONE,
                StatementObserver.NONE,
                cancellation,
                Fence.NONE,
                Throttles.NONE,
                new SplittableRandom());
    }

    public RunContext with(VersionBook other) {
        return new RunContext(
                connections, ledger, other, policy, pace, listener, observer, cancellation, fence, throttles, random);
    }

    public RunContext with(RetryPolicy other) {
        return new RunContext(
                connections, ledger, versions, other, pace, listener, observer, cancellation, fence, throttles, random);
    }

    public RunContext with(BackfillPace other) {
        return new RunContext(
                connections,
                ledger,
                versions,
                policy,
                other,
                listener,
                observer,
                cancellation,
                fence,
                throttles,
                random);
    }

    public RunContext with(RunListener other) {
        return new RunContext(
                connections, ledger, versions, policy, pace, other, observer, cancellation, fence, throttles, random);
    }

    public RunContext with(StatementObserver other) {
        return new RunContext(
                connections, ledger, versions, policy, pace, listener, other, cancellation, fence, throttles, random);
    }

    public RunContext with(Fence other) {
        return new RunContext(
                connections,
                ledger,
                versions,
                policy,
                pace,
                listener,
                observer,
                cancellation,
                other,
                throttles,
                random);
    }

    public RunContext with(Throttles other) {
        return new RunContext(
                connections, ledger, versions, policy, pace, listener, observer, cancellation, fence, other, random);
    }

    public RunContext with(RandomGenerator other) {
        return new RunContext(
                connections, ledger, versions, policy, pace, listener, observer, cancellation, fence, throttles, other);
    }
}
