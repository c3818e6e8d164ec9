package dev.godwit.rehearse;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.catalog.Table;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.postgres.Identifiers;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.EmbeddedPostgres;
import dev.godwit.staging.SchemaBuilder;
import dev.godwit.staging.Synthesizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An embedded server of production's major with one database that has production's schema and as many rows, and copies
/// of that database. It is gone when this is closed.
public final class StagingArea implements AutoCloseable {
    private static final String ORIGINAL = "staging";
    private static final Map<String, String> SETTINGS =
            Map.of("max_wal_size", "4GB", "shared_buffers", "512MB", "checkpoint_timeout", "30min");

    private final EmbeddedPostgres server;
    private final Evidence.Staging made;
    private int copies;

    private StagingArea(EmbeddedPostgres server, Evidence.Staging made) {
        this.server = server;
        this.made = requireNonNull(made);
    }

    /// @param production its schema and row counts; nothing else of it is needed
    /// @param ignored tables that are made and not filled: what a framework keeps for itself
    public static StagingArea build(
            CatalogSnapshot production, double scale, Set<QualifiedName> ignored, Synthesizer.Progress progress) {
        EmbeddedPostgres server = EmbeddedPostgres.start(
                new EmbeddedPostgres.Request(production.version().major(), SETTINGS));
        try {
            create(server, ORIGINAL, "template0");
            try (Session session = Session.open(url(server, ORIGINAL), "godwit staging")) {
                return new StagingArea(server, fill(session, production, scale, ignored, progress));
            }
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// Vacuumed at the end: rows in production were vacuumed long ago, and autovacuum would start on all of them while
    /// the
    /// first migration is measured.
    private static Evidence.Staging fill(
            Session session,
            CatalogSnapshot production,
            double scale,
            Set<QualifiedName> ignored,
            Synthesizer.Progress progress) {
        SchemaBuilder builder = new SchemaBuilder(session, production);
        List<String> gaps = new ArrayList<>();
        builder.beforeRows();
        Synthesizer.Filled filled = new Synthesizer(without(production, ignored), scale).fill(session, progress);
        gaps.addAll(filled.gaps());
        builder.afterRows().forEach(unmade -> gaps.add(unmade.sentence()));
        session.execute("VACUUM");
        CatalogSnapshot staging = CatalogReader.read(session, Set.of());
        long missing = Fingerprint.differences(production, staging).stream()
                .filter(difference -> difference.kind() != SchemaObject.Kind.GRANT)
                .count();
        int objects = Math.max(1, production.objects().size());
        double fidelity = Math.max(0, 1.0 - (double) (missing + filled.gaps().size()) / objects);
        long bytes = staging.tables().stream().mapToLong(Table::bytes).sum();
        return new Evidence.Staging(
                "synthesize", filled.rows(), bytes, scale, Math.round(fidelity * 100) / 100.0, gaps);
    }

    private static CatalogSnapshot without(CatalogSnapshot schema, Set<QualifiedName> tables) {
        return new CatalogSnapshot(
                schema.version(),
                schema.tables().stream()
                        .filter(table -> !tables.contains(table.name()))
                        .toList(),
                schema.objects(),
                schema.types());
    }

    /// @return how it came to be, for the evidence
    public Evidence.Staging made() {
        return made;
    }

    public DatabaseUrl original() {
        return url(server, ORIGINAL);
    }

    /// Copies the database file by file, in a second or two for a gigabyte; nobody may be connected to it.
    public DatabaseUrl copy() {
        String name = ORIGINAL + "_" + ++copies;
        create(server, name, ORIGINAL);
        return url(server, name);
    }

    private static void create(EmbeddedPostgres server, String name, String template) {
        try (Session session = Session.open(url(server, "postgres"), "godwit staging")) {
            String strategy = session.serverVersion().atLeast(15) ? " STRATEGY file_copy" : "";
            session.execute("CREATE DATABASE " + Identifiers.quote(name) + " TEMPLATE " + Identifiers.quote(template)
                    + strategy);
        }
    }

    private static DatabaseUrl url(EmbeddedPostgres server, String database) {
        return DatabaseUrl.parse(server.url(database), Map.of());
    }

    @Override
    public void close() {
        server.close();
    }
}
