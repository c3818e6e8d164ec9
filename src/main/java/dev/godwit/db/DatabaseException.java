package dev.godwit.db;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A statement or a connection that the server or the way to it refused.
///
/// Holds SQLSTATE and primary message only. The server's DETAIL and CONTEXT quote rows ("Key (email)=(…) already
/// exists") and are dropped at the border; so is the driver's exception, which carries them.
public final class DatabaseException extends GodwitException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final String serverMessage;
    private final int position;

    DatabaseException(Problem problem, String sqlState, String serverMessage, int position, @Nullable Throwable cause) {
        super(problem);
        if (cause != null) {
            initCause(cause);
        }
        this.sqlState = sqlState;
        this.serverMessage = serverMessage;
        this.position = position;
    }

    /// What a server said on a connection that is not the driver's.
    ///
    /// @param message the primary message as the server sent it
    public static DatabaseException reported(String sqlState, String message, String hint) {
        return ServerError.reported(sqlState, message, hint);
    }

    /// @return five characters, `08…` when the connection failed
    public String sqlState() {
        return sqlState;
    }

    /// @return the server's primary message in the server's language, quoted row values cut; the driver's message when
    ///     no server was reached
    public String serverMessage() {
        return serverMessage;
    }

    /// @return where in the statement the error is, in characters from 1, when the server said so
    public OptionalInt position() {
        return position > 0 ? OptionalInt.of(position) : OptionalInt.empty();
    }
}
