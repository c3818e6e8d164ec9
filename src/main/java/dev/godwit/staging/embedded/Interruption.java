package dev.godwit.staging.embedded;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;

/// Waiting that turns an interrupt into Godwit's own way of stopping, the thread's flag kept.
final class Interruption {
    private Interruption() {}

    interface Waiting<T> {
        T get() throws InterruptedException;
    }

    static <T> T guard(Waiting<T> waiting) {
        try {
            return waiting.get();
        } catch (InterruptedException interrupted) {
            throw stopped(interrupted);
        }
    }

    static GodwitException stopped(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        Problem problem = Problem.stopped("interrupted while waiting for an embedded PostgreSQL");
        return new GodwitException(problem.remedy("run the command again"), interrupted);
    }
}
