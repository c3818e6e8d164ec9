package dev.godwit.db;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [Row] on the driver's result set.
record ResultRow(ResultSet results) implements Row {
    @Override
    public String text(String column) {
        String value = textOrNull(column);
        if (value == null) {
            throw isNullHere(column);
        }
        return value;
    }

    @Override
    public @Nullable String textOrNull(String column) {
        try {
            return results.getString(column);
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    @Override
    public long number(String column) {
        try {
            return present(results.getLong(column), column);
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    @Override
    public double decimal(String column) {
        try {
            return present(results.getDouble(column), column);
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    @Override
    public boolean flag(String column) {
        try {
            return present(results.getBoolean(column), column);
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    @Override
    public List<String> texts(String column) {
        try {
            Array array = results.getArray(column);
            if (array == null) {
                throw isNullHere(column);
            }
            return Arrays.stream((Object[]) array.getArray())
                    .map(String::valueOf)
                    .toList();
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    @Override
    public boolean isNull(String column) {
        return textOrNull(column) == null;
    }

    private <T> T present(T value, String column) throws SQLException {
        if (results.wasNull()) {
            throw isNullHere(column);
        }
        return value;
    }

    private static IllegalStateException isNullHere(String column) {
        return new IllegalStateException("column " + column + " is NULL where a value was expected");
    }
}
