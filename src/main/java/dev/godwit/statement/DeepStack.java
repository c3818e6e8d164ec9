package dev.godwit.statement;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Runs on a large stack what the usual one is too small for: five thousand terms joined by `+`, for example.
final class DeepStack {
    /// Reserved, and taken only as far as it is used. The module's own stack of 32 MB lasts longer than this one.
    private static final long BYTES = 128L << 20;

    private DeepStack() {}

    /// @throws StackOverflowError when this stack is too small as well
    static <T> T run(Supplier<T> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(null, () -> complete(result, body), "deep-stack", BYTES);
        thread.setDaemon(true);
        thread.start();
        return join(result);
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> body) {
        try {
            result.complete(body.get());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
            result.completeExceptionally(failed);
        }
    }

    private static <T> T join(CompletableFuture<T> result) {
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
