package dev.godwit.traffic;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// How to insert one synthetic row into a table. It is deleted again in the same transaction.
@FunctionalInterface
public interface InsertTemplate {
    Insert next(SplittableRandom random);

    /// @param sql `INSERT INTO …` without RETURNING, each `?` a parameter
    record Insert(String sql, List<@Nullable Object> parameters) {}
}
