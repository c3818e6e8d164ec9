package dev.godwit.statement;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Statements as they should be and as typing breaks them, for the tests of other packages.
public final class Corpus {
    private Corpus() {}

    /// @param more another source of statements, taken in turns with the generator of queries and tables
    /// @return without end; every other one is broken, some of them twice
    public static Stream<String> of(long seed, Supplier<String> more) {
        SqlGenerator generator = new SqlGenerator(seed);
        Mutator mutator = new Mutator(seed);
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.generate(() -> {
            String sql = random.nextBoolean() ? generator.statement() : more.get();
            for (int breaks = random.nextInt(4) - 1; breaks > 0 && !sql.isBlank(); breaks--) {
                sql = mutator.mutate(sql);
            }
            return sql;
        });
    }
}
