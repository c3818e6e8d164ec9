package dev.godwit.passage;

import static java.util.Objects.requireNonNull;

import dev.godwit.apply.Order;
import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.command.OwnRows;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.VersionBook;
import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.OwnRunner;
import dev.godwit.source.Pending;
import dev.godwit.source.Project;
import dev.godwit.source.TableLock;
import dev.godwit.source.VersionRows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The database that a project's migrations are for, and what its version table says.
public record Production(DatabaseUrl url, Framework framework, Project project) {
    public Production {
        requireNonNull(url);
        requireNonNull(framework);
        requireNonNull(project);
    }

    public Session open() {
        return Session.open(url, "godwit");
    }

    public MigrationSet migrations() {
        return framework.list(project).orRaise();
    }

    public VersionBook versions() {
        if (framework instanceof VersionRows rows) {
            return new VersionBook(framework.versionTable(project).name(), rows);
        }
        if (framework instanceof OwnRunner runner) {
            return VersionBook.keptByFramework(framework.versionTable(project), runner.ownTables(project));
        }
        throw Problem.usage("nobody runs the migrations of " + framework.title())
                .remedy("godwit check FILE works on its SQL")
                .raise();
    }

    /// @return the schema without Godwit's own tables and the version table
    public CatalogSnapshot schema(Session session) {
        return CatalogReader.read(session, versions().tables());
    }

    public CatalogSnapshot schema() {
        try (Session session = open()) {
            return schema(session);
        }
    }

    /// @return the schema with the tables that a framework keeps for itself, without Godwit's own
    public CatalogSnapshot whole(Session session) {
        return CatalogReader.read(session, Set.of());
    }

    /// @return whether a framework writes the version rows, so that a row is the last that a run does
    public boolean keptByFramework() {
        return framework instanceof OwnRunner;
    }

    /// @return how to mend the version table when a crash came between effect and row
    public Order.Repair repair(Migration migration) {
        if (framework instanceof OwnRunner runner) {
            MigrationSet all = migrations();
            return new Order.Repair(
                    runner.rowAdded(project, all, migration), runner.rowRemoved(project, all, migration));
        }
        return Order.Repair.NONE;
    }

    public CatalogSnapshot whole() {
        try (Session session = open()) {
            return whole(session);
        }
    }

    /// Carries the rows that the framework keeps for itself to a database that stands in for this one. Those of plain
    /// SQL are not needed: its runner does not ask what came before.
    public void copyOwnRows(DatabaseUrl standIn) {
        if (framework instanceof OwnRunner) {
            try (Session from = open();
                    Session to = Session.open(standIn, "godwit staging")) {
                OwnRows.copy(from, to, versions().tables(), tableLock());
            }
        }
    }

    /// @return the lock that the framework keeps in a table, if it keeps one there
    Optional<TableLock> tableLock() {
        return framework instanceof OwnRunner runner ? runner.tableLock(project) : Optional.empty();
    }

    /// @return who holds the framework's own lock; empty while it is free
    public Optional<Problem> heldLock(Session session) {
        return tableLock().flatMap(lock -> OwnRows.held(session, lock));
    }

    /// @return the versions that are applied; none when there is no version table yet
    public Set<String> applied(Session session) {
        VersionBook book = versions();
        book.requireOwn(session);
        if (!book.exists(session)) {
            return Set.of();
        }
        book.requireReadable(session);
        List<String> keys = session.query(framework.versionTable(project).select(), row -> row.text("version"));
        return framework.appliedVersions(migrations(), keys);
    }

    public Set<String> applied() {
        try (Session session = open()) {
            return applied(session);
        }
    }

    public Pending pending() {
        return Pending.of(migrations(), applied());
    }
}
