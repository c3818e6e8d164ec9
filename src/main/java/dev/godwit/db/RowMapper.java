package dev.godwit.db;

/// Makes one value of one row of a result.
@FunctionalInterface
public interface RowMapper<T> {
    T map(Row row);
}
