package dev.godwit.command;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.TableLock;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.SchemaBuilder;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// An embedded database without rows, to let a framework say what it would send. Gone when this is closed.
public final class ScratchDatabase implements AutoCloseable {
    private static final String NAME = "scratch";
    private static final Map<String, String> SETTINGS = Map.of("shared_buffers", "16MB");

    private final EmbeddedPostgres server;

    private ScratchDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /// @param major of the server that the migrations are for
    public static ScratchDatabase empty(int major) {
        EmbeddedPostgres server = EmbeddedPostgres.start(new EmbeddedPostgres.Request(major, SETTINGS));
        try (Session session = Session.open(url(server, "postgres"), "godwit check")) {
            session.execute("CREATE DATABASE " + NAME);
            return new ScratchDatabase(server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// With production's schema and the rows that the framework keeps for itself.
    ///
    /// @param schema of production, the framework's own tables included
    /// @param lock that the framework keeps in one of them
    public static ScratchDatabase like(
            CatalogSnapshot schema, Session production, Collection<QualifiedName> own, Optional<TableLock> lock) {
        ScratchDatabase scratch = empty(schema.version().major());
        try (Session session = Session.open(scratch.url(), "godwit check")) {
            if (!schema.objects().isEmpty()) {
                // what a failed build left is dropped before the next, so the next finds nothing here either
                SchemaBuilder builder = new SchemaBuilder(session, schema.withoutInvalidIndexes());
                builder.beforeRows();
                builder.afterRows();
            }
            OwnRows.copy(production, session, own, lock);
            return scratch;
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    public DatabaseUrl url() {
        return url(server, NAME);
    }

    private static DatabaseUrl url(EmbeddedPostgres server, String database) {
        return DatabaseUrl.parse(server.url(database), Map.of());
    }

    @Override
    public void close() {
        server.close();
    }
}
