package dev.godwit.db;

import dev.godwit.postgres.PostgresVersion;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;

/// One connection to one backend, in autocommit unless [#begin].
///
/// Used by one thread at a time; [#cancel], [#alive] and [#close] may come from another. Text parameters are sent
/// without a type, so the server takes each as what the statement needs (a uuid, an enum, a timestamp).
public final class Session implements Queries, AutoCloseable {
    private static final int ALIVE_TIMEOUT_SECONDS = 5;

    private final PgConnection connection;
    private final PostgresVersion version;

    private Session(PgConnection connection, PostgresVersion version) {
        this.connection = connection;
        this.version = version;
    }

    /// Works in the server's time zone, not in this JVM's.
    ///
    /// @param applicationName how the session shows in `pg_stat_activity`
    /// @throws DatabaseException with the reason and the remedy when the server cannot be reached or says no
    public static Session open(DatabaseUrl url, String applicationName) {
        PgConnection connection = Connector.connect(url, applicationName);
        Session session = new Session(
                connection,
                PostgresVersion.fromNumber(connection.getQueryExecutor().getServerVersionNum()));
        try {
            ServerTimeZone.use(session, url);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public int backendPid() {
        return connection.getBackendPID();
    }

    public PostgresVersion serverVersion() {
        return version;
    }

    /// Sends the text as one message of the simple protocol: several statements form one implicit transaction, as
    /// with `psql -c`. Nothing in it is read as a placeholder.
    @Override
    public void execute(String sql) {
        try (Statement statement = plainStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    /// @param sql one statement; with parameters each `?` is one, and an operator with a question mark is written `??`
    /// @return rows affected
    public long update(String sql, @Nullable Object... parameters) {
        try {
            return parameters.length == 0 ? plainUpdate(sql) : preparedUpdate(sql, parameters);
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    private long plainUpdate(String sql) throws SQLException {
        try (Statement statement = plainStatement()) {
            statement.execute(sql);
            return Math.max(0, statement.getLargeUpdateCount());
        }
    }

    private long preparedUpdate(String sql, @Nullable Object[] parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            statement.execute();
            return Math.max(0, statement.getLargeUpdateCount());
        }
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper) {
        try {
            return plainQuery(sql, mapper);
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    /// @param sql as in [#update]
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        try {
            return parameters.length == 0 ? plainQuery(sql, mapper) : preparedQuery(sql, mapper, parameters);
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    private <T> List<T> plainQuery(String sql, RowMapper<T> mapper) throws SQLException {
        try (Statement statement = plainStatement();
                ResultSet results = statement.executeQuery(sql)) {
            return rows(results, mapper);
        }
    }

    private <T> List<T> preparedQuery(String sql, RowMapper<T> mapper, @Nullable Object[] parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet results = statement.executeQuery()) {
            return rows(results, mapper);
        }
    }

    private static <T> List<T> rows(ResultSet results, RowMapper<T> mapper) throws SQLException {
        Row row = new ResultRow(results);
        List<T> rows = new ArrayList<>();
        while (results.next()) {
            rows.add(mapper.map(row));
        }
        return rows;
    }

    /// @return the only row; empty when there is none
    /// @throws IllegalStateException when there are several
    public <T> Optional<T> queryOne(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
        List<T> rows = query(sql, mapper, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException(rows.size() + " rows where one at most was expected");
        }
        return rows.stream().findFirst();
    }

    private Statement plainStatement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    private PreparedStatement prepare(String sql, @Nullable Object[] parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case java.time.Instant instant -> statement.setObject(index, instant.atOffset(java.time.ZoneOffset.UTC));
            case List<?> list -> statement.setArray(index, connection.createArrayOf("text", list.toArray()));
            default -> statement.setObject(index, value);
        }
    }

    public void begin() {
        if (inTransaction()) {
            throw new IllegalStateException("a transaction is open already");
        }
        execute("BEGIN");
    }

    /// @throws DatabaseException also when a statement of the transaction had failed: the server then answers COMMIT
    ///     with a silent ROLLBACK
    public void commit() {
        if (connection.getTransactionState() == TransactionState.FAILED) {
            rollback();
            throw ServerError.of(
                    new SQLException("the transaction had failed and was rolled back instead of committed", "25P02"));
        }
        execute("COMMIT");
    }

    public void rollback() {
        execute("ROLLBACK");
    }

    /// @return what the server said last, so a BEGIN inside a script counts as well
    @Override
    public boolean inTransaction() {
        return connection.getTransactionState() != TransactionState.IDLE;
    }

    /// Runs the body between BEGIN and COMMIT; whatever it throws rolls back.
    public <T> T inTransaction(Supplier<T> body) {
        begin();
        T result;
        try {
            result = body.get();
        } catch (RuntimeException | Error e) {
            rollbackAfter(e);
            throw e;
        }
        commit();
        return result;
    }

    /// A lost connection has rolled back by itself.
    private void rollbackAfter(Throwable failure) {
        try {
            if (!connection.isClosed() && inTransaction()) {
                rollback();
            }
        } catch (SQLException | DatabaseException second) {
            failure.addSuppressed(second);
        }
    }

    /// Asks the server to cancel what this session runs now; the statement ends with SQLSTATE 57014.
    public void cancel() {
        try {
            connection.cancelQuery();
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    /// @return whether the backend answers, within five seconds
    public boolean alive() {
        try {
            return connection.isValid(ALIVE_TIMEOUT_SECONDS);
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw ServerError.of(e);
        }
    }
}
