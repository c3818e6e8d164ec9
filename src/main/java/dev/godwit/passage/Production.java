package dev.godwit.passage;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.execute.VersionBook;
import dev.godwit.problem.Problem;
import dev.godwit.source.Framework;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Pending;
import dev.godwit.source.Project;
import dev.godwit.source.VersionRows;
import java.util.List;
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
        throw Problem.usage(framework.title() + " runs its own migrations, which Godwit cannot do yet")
                .remedy("godwit check FILE works on its SQL")
                .raise();
    }

    /// @return the schema without Godwit's own tables and the version table
    public CatalogSnapshot schema(Session session) {
        return CatalogReader.read(session, Set.of(versions().table()));
    }

    public CatalogSnapshot schema() {
        try (Session session = open()) {
            return schema(session);
        }
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
