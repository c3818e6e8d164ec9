package dev.godwit.db;

import java.util.List;
import java.util.Optional;

/// A backend that can be asked, whose session it may be: Godwit's own [Session], or a framework's that the gateway
/// holds
/// between two of its messages.
public interface Queries {
    int backendPid();

    /// @return whether a transaction block is open, failed or not
    boolean inTransaction();

    /// @param sql one statement without parameters
    <T> List<T> query(String sql, RowMapper<T> mapper);

    /// @return the only row; empty when there is none
    /// @throws IllegalStateException when there are several
    default <T> Optional<T> queryOne(String sql, RowMapper<T> mapper) {
        List<T> rows = query(sql, mapper);
        if (rows.size() > 1) {
            throw new IllegalStateException(rows.size() + " rows where one at most was expected");
        }
        return rows.stream().findFirst();
    }

    /// Sends the text as it stands, without reading rows.
    void execute(String sql);
}
