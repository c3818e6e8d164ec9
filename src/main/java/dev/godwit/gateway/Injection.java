package dev.godwit.gateway;

import dev.godwit.db.DatabaseException;
import dev.godwit.gateway.wire.BackendMessage;
import dev.godwit.gateway.wire.BackendMessage.DataRow;
import dev.godwit.gateway.wire.BackendMessage.ErrorResponse;
import dev.godwit.gateway.wire.BackendMessage.RowDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One statement of Godwit's own on a client's backend, and what the server answers to it.
final class Injection {
    /// The name of Godwit's own statement and portal.
    static final String NAME = "godwit holds";

    /// A name that no statement ever has: what is refused becomes an error of the server. The other name may still be
    /// known to the server from a statement that failed while it ran.
    static final String NEVER = "godwit refuses";

    private List<String> columns = List.of();
    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private @Nullable ErrorResponse error;

    void accept(BackendMessage message) {
        switch (message) {
            case RowDescription description -> columns = description.columns();
            case DataRow row -> rows.add(row.values());
            case ErrorResponse failure -> error = failure;
            default -> {}
        }
    }

    /// @throws DatabaseException when the server said no
    List<WireRow> result() {
        if (error != null) {
            throw DatabaseException.reported(error.sqlState(), error.message(), error.hint());
        }
        return rows.stream().map(values -> new WireRow(columns, values)).toList();
    }
}
