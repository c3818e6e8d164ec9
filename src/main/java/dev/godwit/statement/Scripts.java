package dev.godwit.statement;

import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Reads scripts.
public final class Scripts {
    /// Fewer are read sooner by one parser than two are started.
    private static final int WORTH_A_SECOND_PARSER = 16;

    private static final GrammarPool GRAMMARS = new GrammarPool();

    private Scripts() {}

    /// @return what PostgreSQL 18 makes of the script; never throws because of what stands in it
    public static ParsedScript parse(SourceText source) {
        return DeepStack.run(() -> new ScriptParser(source, GRAMMARS).next(Integer.MAX_VALUE));
    }

    /// @return the same in parts: one where the script is of usual size
    public static ScriptParts parts(SourceText source) {
        return source.content().length() <= ScriptParts.USUAL_LENGTH
                ? ScriptParts.of(parse(source))
                : new ScriptParts.InParts(source, () -> new ScriptParser(source, GRAMMARS));
    }

    /// Applies to each what may parse, several at a time where there are many.
    ///
    /// @return in the order of what was given
    /// @throws RuntimeException what the function threw first
    public static <T, R> List<R> each(List<T> all, Function<T, R> function) {
        int parsers = all.size() < WORTH_A_SECOND_PARSER ? 1 : GrammarPool.IDLE;
        AtomicReferenceArray<R> results = new AtomicReferenceArray<>(all.size());
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Integer>> workers = new ArrayList<>();
        for (int i = 0; i < parsers; i++) {
            workers.add(DeepStack.start(() -> work(all, function, results, next)));
        }
        workers.forEach(DeepStack::join);
        return IntStream.range(0, all.size()).mapToObj(results::get).toList();
    }

    /// @return how many there are
    private static <T, R> int work(
            List<T> all, Function<T, R> function, AtomicReferenceArray<R> results, AtomicInteger next) {
        try {
            for (int i = next.getAndIncrement(); i < all.size(); i = next.getAndIncrement()) {
                results.set(i, function.apply(all.get(i)));
            }
            return all.size();
        } catch (RuntimeException | Error failed) {
            next.set(all.size());
            throw failed;
        }
    }
}
