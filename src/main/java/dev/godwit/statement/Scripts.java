package dev.godwit.statement;

import dev.godwit.text.SourceText;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads scripts.
public final class Scripts {
    /// Fewer are read sooner by one parser than two are started.
    private static final int WORTH_A_SECOND_PARSER = 16;

    private static final GrammarPool GRAMMARS = new GrammarPool();

    private Scripts() {}

    /// @return what PostgreSQL 18 makes of the script; never throws because of what stands in it
    public static ParsedScript parse(SourceText source) {
        return DeepStack.run(() -> new ScriptParser(source, GRAMMARS, _ -> false).next(Integer.MAX_VALUE));
    }

    /// @return the same in parts: one where the script is of usual size
    public static ScriptParts parts(SourceText source) {
        return source.content().length() <= ScriptParts.USUAL_LENGTH
                ? ScriptParts.of(parse(source))
                : new ScriptParts.InParts(source, skipped -> new ScriptParser(source, GRAMMARS, skipped));
    }

    /// Applies to each what may parse, several at a time where there are many, while the results are already taken.
    ///
    /// @return in the order of what was given, each as soon as it is there
    /// @throws RuntimeException when it is taken: what the function threw
    public static <T, R> Stream<R> each(List<T> all, Function<T, R> function) {
        List<CompletableFuture<R>> results =
                all.stream().map(_ -> new CompletableFuture<R>()).toList();
        AtomicInteger next = new AtomicInteger();
        int parsers = all.size() < WORTH_A_SECOND_PARSER ? 1 : GrammarPool.IDLE;
        for (int i = 0; i < parsers; i++) {
            DeepStack.fork(() -> work(all, function, results, next));
        }
        return results.stream().map(DeepStack::join);
    }

    private static <T, R> void work(
            List<T> all, Function<T, R> function, List<CompletableFuture<R>> results, AtomicInteger next) {
        for (int i = next.getAndIncrement(); i < all.size(); i = next.getAndIncrement()) {
            try {
                results.get(i).complete(function.apply(all.get(i)));
            } catch (RuntimeException | Error failed) {
                // What comes after it is neither read nor taken.
                next.set(all.size());
                results.get(i).completeExceptionally(failed);
            }
        }
    }
}
