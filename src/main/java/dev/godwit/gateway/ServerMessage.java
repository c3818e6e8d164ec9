package dev.godwit.gateway;

import dev.godwit.db.DatabaseException;
import dev.godwit.gateway.wire.BackendMessage.ErrorResponse;

/// What the server said no with. Never DETAIL, and no value of a row.
public record ServerMessage(String sqlState, String message) {
    static ServerMessage of(ErrorResponse error) {
        DatabaseException said = DatabaseException.reported(error.sqlState(), error.message(), error.hint());
        return new ServerMessage(said.sqlState(), said.serverMessage());
    }
}
