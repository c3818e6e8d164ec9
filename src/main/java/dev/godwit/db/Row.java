package dev.godwit.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The current row of a result, read by column name. Valid only inside [RowMapper#map].
///
/// Asking for a value that is NULL is an error but for [#textOrNull] and [#isNull]: a forgotten NULL must not become
/// a zero.
public interface Row {
    String text(String column);

    @Nullable
    String textOrNull(String column);

    /// Any integer type, and `numeric` without a fraction.
    long number(String column);

    double decimal(String column);

    boolean flag(String column);

    /// A one-dimensional array, each element in its text form.
    List<String> texts(String column);

    boolean isNull(String column);
}
