package dev.godwit.execute;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Session;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.postgres.SqlState;
import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.VersionRows;
import dev.godwit.source.VersionTable;
import dev.godwit.source.VersionTableShape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The project's own version table, kept row by row in the transaction of each migration's last step.
public final class VersionBook {
    /// Two operators who create at once; see [LedgerSchema].
    private static final Set<String> RACE = Set.of("23505", SqlState.DUPLICATE_TABLE);

    private final VersionTable versions;
    private final QualifiedName table;
    private final Optional<VersionRows> rows;
    private final Set<QualifiedName> tables;
    private final List<String> removal;
    private final boolean kept;

    public VersionBook(VersionTable versions, VersionRows rows) {
        this.versions = requireNonNull(versions);
        this.table = versions.name();
        this.rows = Optional.of(rows);
        this.tables = Set.of(table);
        this.removal = List.of();
        this.kept = true;
    }

    private VersionBook(VersionTable versions, Collection<QualifiedName> tables, List<String> removal, boolean kept) {
        this.versions = requireNonNull(versions);
        this.table = versions.name();
        this.rows = Optional.empty();
        this.tables = Set.copyOf(tables);
        this.removal = List.copyOf(removal);
        this.kept = kept;
    }

    /// No book at all: what is done is in the ledger alone.
    public static VersionBook none() {
        return new VersionBook(
                VersionTable.of(new QualifiedName("godwit", "run"), "version"), Set.of(), List.of(), false);
    }

    /// A book that a framework keeps by its own command: Godwit reads it and writes nothing.
    ///
    /// @param tables all that the framework keeps for itself
    public static VersionBook keptByFramework(VersionTable versions, Collection<QualifiedName> tables) {
        return new VersionBook(versions, tables, List.of(), true);
    }

    /// The same book for a down that the framework has no command for, with the statements that take the row back. The
    /// caller has seen that the row is there.
    public VersionBook forgetting(List<String> rowRemoved) {
        return new VersionBook(versions, tables, rowRemoved, true);
    }

    /// A table with a row for each applied migration, in a column `version`.
    public VersionBook(QualifiedName table, VersionRows rows) {
        this(VersionTable.of(table, "version"), rows);
    }

    public QualifiedName table() {
        return table;
    }

    /// @return every table that is the tool's and not the schema's: the version table, and what a framework keeps
    /// beside
    public Set<QualifiedName> tables() {
        return tables;
    }

    /// @return whether the table is there, whoever made it
    public boolean exists(Session session) {
        return !columns(session).isEmpty();
    }

    /// @return whether the table says that this version is applied; false when there is no table
    public boolean records(Session session, String version) {
        return kept && (!removal.isEmpty() || isRecorded(session, version));
    }

    private boolean isRecorded(Session session, String version) {
        return exists(session)
                && session.queryOne(
                                "SELECT EXISTS (SELECT FROM (" + versions.select() + ") AS applied WHERE version = ?)"
                                        + " AS there",
                                row -> row.flag("there"),
                                version)
                        .orElseThrow();
    }

    /// Makes the table when it is not there, and proves that it is the project's and that this role may keep it.
    public void prepare(Session session) {
        if (rows.isEmpty()) {
            return;
        }
        if (!exists(session)) {
            create(session);
        }
        requireOwn(session);
        requireRights(session);
    }

    /// @throws GodwitException naming the tool when the table belongs to another one; nothing when it is not there
    public void requireOwn(Session session) {
        rows.flatMap(own -> own.foreign(new VersionTableShape(table, columns(session), neighbours(session))))
                .ifPresent(problem -> {
                    throw problem.raise();
                });
    }

    /// @throws GodwitException with the GRANTs when the table is there and this role may not read it
    public void requireReadable(Session session) {
        boolean granted = session.queryOne(
                        "SELECT has_schema_privilege(?, 'USAGE') AND has_table_privilege(?, 'SELECT') AS granted",
                        row -> row.flag("granted"),
                        table.schema(),
                        table.sql())
                .orElseThrow();
        if (!granted) {
            throw notAllowed("may not read the version table " + table, grants(session, "SELECT"));
        }
    }

    private Map<String, String> columns(Session session) {
        Map<String, String> columns = new LinkedHashMap<>();
        session.query("""
                        SELECT a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type
                        FROM pg_catalog.pg_attribute a
                        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped""", row -> Map.entry(row.text("name"), row.text("type")), table.schema(), table.name())
                .forEach(column -> columns.put(column.getKey(), column.getValue()));
        return columns;
    }

    private Set<String> neighbours(Session session) {
        return Set.copyOf(session.query("""
                SELECT c.relname::text AS name FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname <> ? AND c.relkind IN ('r', 'p')""", row -> row.text("name"), table.schema(), table.name()));
    }

    private void create(Session session) {
        String sql = own().createTable(table);
        try {
            session.execute(sql);
        } catch (DatabaseException e) {
            if (e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
                throw notAllowed("may not create the version table " + table, sql + ";");
            }
            if (!RACE.contains(e.sqlState())) {
                throw e;
            }
        }
    }

    private void requireRights(Session session) {
        boolean granted = session.queryOne(
                        """
                        SELECT has_schema_privilege(?, 'USAGE') AND has_table_privilege(?, 'SELECT')
                          AND has_table_privilege(?, 'INSERT') AND has_table_privilege(?, 'DELETE') AS granted""", row -> row.flag("granted"), table.schema(), table.sql(), table.sql(), table.sql())
                .orElseThrow();
        if (!granted) {
            throw notAllowed("may not write the version table " + table, grants(session, "SELECT, INSERT, DELETE"));
        }
    }

    private String grants(Session session, String rights) {
        String role = role(session);
        return "GRANT USAGE ON SCHEMA " + Identifiers.quote(table.schema()) + " TO " + role + "; GRANT " + rights
                + " ON " + table.sql() + " TO " + role + ";";
    }

    private VersionRows own() {
        return rows.orElseThrow(() -> new IllegalStateException("the framework keeps " + table + " itself"));
    }

    private static String role(Session session) {
        return session.queryOne("SELECT quote_ident(current_user) AS role", row -> row.text("role"))
                .orElseThrow();
    }

    private GodwitException notAllowed(String what, String sql) {
        return Problem.database("this role " + what)
                .at(table + ", SQLSTATE " + SqlState.INSUFFICIENT_PRIVILEGE)
                .leaving("nothing was changed")
                .remedy("as the owner of the schema, once: " + sql)
                .raise();
    }

    /// Inside the transaction of the migration's last step.
    void record(Session session, Direction direction, String version) {
        if (!removal.isEmpty()) {
            removal.forEach(session::execute);
        } else if (kept) {
            switch (direction) {
                case UP -> insert(session, version);
                case DOWN -> delete(session, version);
            }
        }
    }

    private void insert(Session session, String version) {
        try {
            session.update(own().insertRow(table), version);
        } catch (DatabaseException e) {
            throw e.sqlState().equals("23505") ? takenMeanwhile("has recorded", version) : e;
        }
    }

    private void delete(Session session, String version) {
        if (session.update(own().deleteRow(table), version) != 1) {
            throw takenMeanwhile("has removed", version);
        }
    }

    private GodwitException takenMeanwhile(String did, String version) {
        return Problem.refused("somebody else " + did + " version " + version + " in " + table + " meanwhile")
                .at(table.toString())
                .leaving("the last step is rolled back")
                .remedy("find out who runs migrations beside Godwit; godwit status shows what is applied")
                .raise();
    }
}
