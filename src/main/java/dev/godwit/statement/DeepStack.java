package dev.godwit.statement;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Runs on a large stack what the usual one may be too small for: five hundred terms joined by `+`, for example.
final class DeepStack {
    /// Reserved, and taken only as far as it is used.
    ///
    /// Not more: the module has a stack of its own, 8 MB, whose overflow would go unnoticed into its data. At most
    /// two thirds of what recursion takes here it takes there (measured over a dozen kinds of nesting).
    private static final long BYTES = 10L << 20;

    /// A thread with that stack.
    private static final class DeepThread extends Thread {
        DeepThread(Runnable body) {
            super(null, body, "deep-stack", BYTES);
            setDaemon(true);
        }
    }

    private DeepStack() {}

    static <T> T run(Supplier<T> body) {
        return Thread.currentThread() instanceof DeepThread ? body.get() : join(start(body));
    }

    /// Runs it on a thread of its own, on which [#run] takes no further one.
    static <T> CompletableFuture<T> start(Supplier<T> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        fork(() -> complete(result, body));
        return result;
    }

    /// The same for what tells its outcome itself.
    static void fork(Runnable body) {
        new DeepThread(body).start();
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> body) {
        try {
            result.complete(body.get());
        } catch (Throwable failed) {
            result.completeExceptionally(failed);
        }
    }

    static <T> T join(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Error tooMuch) {
                throw tooMuch;
            }
            throw failed.getCause() instanceof RuntimeException wrong ? wrong : failed;
        }
    }
}
