package dev.godwit.gateway;

import java.io.StringReader;
import java.io.StringWriter;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/// What pgjdbc can send, and what came of it as text.
final class JdbcScript {
    private final Connection connection;
    private final List<String> seen = new ArrayList<>();

    private JdbcScript(Connection connection) {
        this.connection = connection;
    }

    /// @param options of pgjdbc, such as the query mode
    static List<String> run(String url, String options) throws Exception {
        try (Connection connection = Through.connect(url, options)) {
            JdbcScript script = new JdbcScript(connection);
            script.plain();
            script.prepared();
            script.transactions();
            script.copies();
            script.rest();
            return script.seen;
        }
    }

    private void plain() throws SQLException {
        execute("CREATE TABLE t(id int PRIMARY KEY, name text)");
        execute(
                "INSERT INTO t SELECT i, 'name ' || i FROM generate_series(1, 100) i; SELECT count(*) FROM t; SELECT 2");
        execute("SELECT 1/0");
        execute("SELECT * FROM nowhere");
        execute("DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two'; END $$");
        execute("");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (boolean rows = statement.execute(sql); rows || statement.getUpdateCount() >= 0; ) {
                seen.add(rows ? text(statement.getResultSet()) : "updated " + statement.getUpdateCount());
                rows = statement.getMoreResults();
            }
            for (SQLException warning = statement.getWarnings();
                    warning != null;
                    warning = warning.getNextException()) {
                seen.add("warning " + warning.getMessage());
            }
        } catch (SQLException e) {
            seen.add(e.getSQLState() + " " + e.getMessage());
        }
    }

    private static String text(ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int i = 1; i <= columns; i++) {
                lines.add(rows.getMetaData().getColumnName(i) + "=" + rows.getString(i));
            }
        }
        return lines.toString();
    }

    /// Often enough that the driver names its statements and asks for binary results.
    private void prepared() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id, name FROM t WHERE id < ?")) {
            for (int i = 0; i < 12; i++) {
                select.setInt(1, i);
                seen.add(text(select.executeQuery()));
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO t VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 1000; i < 1300; i++) {
                insert.setInt(1, i);
                insert.setString(2, "batch");
                insert.addBatch();
            }
            seen.add("batch " + insert.executeBatch().length + text(insert.getGeneratedKeys()));
        }
        try (PreparedStatement wrong = connection.prepareStatement("SELECT ?::int")) {
            wrong.setString(1, "no number");
            wrong.execute();
        } catch (SQLException e) {
            seen.add(e.getSQLState() + " " + e.getMessage());
        }
    }

    private void transactions() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement cursor = connection.createStatement()) {
            cursor.setFetchSize(7);
            seen.add(text(cursor.executeQuery("SELECT id FROM t ORDER BY id LIMIT 40")));
        }
        connection.commit();
        execute("INSERT INTO t VALUES (9999, 'never')");
        execute("broken");
        execute("SELECT 1");
        connection.rollback();
        var savepoint = connection.setSavepoint();
        execute("INSERT INTO t VALUES (9998, 'never')");
        connection.rollback(savepoint);
        connection.commit();
        connection.setAutoCommit(true);
        execute("SELECT count(*) FROM t");
    }

    private void copies() throws Exception {
        var copies = connection.unwrap(PGConnection.class).getCopyAPI();
        StringWriter out = new StringWriter();
        seen.add("out " + copies.copyOut("COPY (SELECT * FROM t ORDER BY id) TO STDOUT", out) + out);
        seen.add("in " + copies.copyIn("COPY t FROM STDIN", new StringReader("5000\tx\n5001\ty\n")));
        try {
            copies.copyIn("COPY t FROM STDIN", new StringReader("5000\tx\n"));
        } catch (SQLException e) {
            seen.add(e.getSQLState() + " " + e.getMessage());
        }
        var cancelled = copies.copyIn("COPY t FROM STDIN");
        cancelled.cancelCopy();
        seen.add("active " + cancelled.isActive());
    }

    private void rest() throws SQLException {
        execute("CREATE FUNCTION twice(a int, OUT b int) AS 'SELECT 2 * a' LANGUAGE sql");
        try (CallableStatement call = connection.prepareCall("{call twice(?, ?)}")) {
            call.setInt(1, 21);
            call.registerOutParameter(2, Types.INTEGER);
            call.execute();
            seen.add("call " + call.getInt(2));
        } catch (SQLException e) {
            seen.add(e.getSQLState() + " " + e.getMessage());
        }
        execute("LISTEN godwit");
        execute("NOTIFY godwit, 'hello'");
        for (var notification : connection.unwrap(PGConnection.class).getNotifications(2000)) {
            seen.add(notification.getName() + " " + notification.getParameter());
        }
        try (ResultSet columns = connection.getMetaData().getColumns(null, "public", "t", null)) {
            seen.add(text(columns).replaceAll("TABLE_CAT=[^,]*", ""));
        }
        seen.add(connection.getMetaData().getDatabaseProductVersion());
    }
}
