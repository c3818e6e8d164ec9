package dev.godwit.db;

import static java.util.Objects.requireNonNullElse;

import dev.godwit.postgres.SqlState;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// The border between the driver's exceptions and Godwit's: what may pass is SQLSTATE, primary message, hint, position.
record ServerError(
        String sqlState,
        String message,
        String hint,
        int position,
        @Nullable Throwable transport) {
    /// @return the failure of a statement on an open session
    static DatabaseException of(SQLException e) {
        return read(e).raise();
    }

    static DatabaseException reported(String sqlState, String message, String hint) {
        return new ServerError(sqlState, withoutValues(sqlState, message), hint, 0, null).raise();
    }

    private DatabaseException raise() {
        return raise(Problem.database(what())
                .at("SQLSTATE " + sqlState)
                .leaving(state())
                .remedy(remedy()));
    }

    /// Not every message of a full disk says so: "wrote only 4096 of 8192 bytes".
    private String what() {
        return sqlState.equals(SqlState.DISK_FULL) ? "the server's disk is full: " + message : message;
    }

    static ServerError read(SQLException e) {
        String sqlState = requireNonNullElse(e.getSQLState(), "08000");
        ServerErrorMessage server = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server == null) {
            return new ServerError(sqlState, plain(e), "", 0, transport(e));
        }
        String message = withoutValues(sqlState, requireNonNullElse(server.getMessage(), ""));
        return new ServerError(
                sqlState, message, requireNonNullElse(server.getHint(), ""), server.getPosition(), transport(e));
    }

    DatabaseException raise(Problem problem) {
        return new DatabaseException(problem, sqlState, message, position, transport);
    }

    /// Class 22, data exceptions, quotes the value that a row held: `invalid input syntax for type integer: "…"`.
    private static String withoutValues(String sqlState, String message) {
        return sqlState.startsWith("22") ? message.replaceAll("(?s)\".*\"", "\"…\"") : message;
    }

    private static String plain(SQLException e) {
        String message = requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        return message.lines().findFirst().orElse(message).strip();
    }

    /// The first cause that is about the network; the others are the driver's and may quote rows.
    private static @Nullable Throwable transport(SQLException e) {
        Throwable cause = e.getCause();
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private String missingRight() {
        return message.startsWith("must be owner")
                ? "log in as its owner, or as a member of the owner's role: GRANT the owner's role TO this one"
                : "log in as the owner of the object, or GRANT this role what the message names";
    }

    private String state() {
        return SqlState.connectionLost(sqlState)
                ? "the connection is gone; whether the statement took effect is not known from here"
                : "";
    }

    private String remedy() {
        if (SqlState.connectionLost(sqlState)) {
            return "godwit status, which reads what the database really holds; then the same command again";
        }
        return switch (sqlState) {
            case SqlState.READ_ONLY_SQL_TRANSACTION ->
                "name the primary: this server is a standby, or default_transaction_read_only is on";
            case SqlState.INSUFFICIENT_PRIVILEGE -> missingRight();
            case SqlState.DISK_FULL -> "free space on the server's disk, then run the same command again";
            case SqlState.LOCK_NOT_AVAILABLE -> "another session holds the lock: run the same command again later";
            default -> hint;
        };
    }
}
