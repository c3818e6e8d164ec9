package dev.godwit.staging;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.Problem;
import dev.godwit.staging.embedded.Backup;
import dev.godwit.staging.embedded.Binaries;
import dev.godwit.staging.embedded.Cluster;
import dev.godwit.staging.embedded.Surroundings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// A PostgreSQL server of any supported major that lives as long as this object, and at the longest as long as this
/// process: nothing of it is left behind, whatever ends the process. See `docs/adr/0002-embedded-postgres.md`.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";

    private static final int BACKUP_START = 15;

    private final Cluster cluster;
    private final Map<String, String> settings;

    private EmbeddedPostgres(Cluster cluster, Map<String, String> settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /// What to start.
    ///
    /// @param major 13 to 18
    /// @param settings of `postgresql.conf`, by name, over the defaults
    public record Request(int major, Map<String, String> settings) {
        public Request {
            settings = Map.copyOf(requireNonNull(settings));
            if (!PostgresVersion.ofMajor(major).supported()) {
                throw Problem.usage("PostgreSQL " + major + " is not supported")
                        .remedy("use " + PostgresVersion.OLDEST_MAJOR + " to " + PostgresVersion.NEWEST_MAJOR)
                        .raise();
            }
        }

        public static Request of(int major) {
            return new Request(major, Map.of());
        }
    }

    /// Takes a fifth of a second once binaries and template are in the cache, several seconds the first time.
    public static EmbeddedPostgres start(Request request) {
        return new EmbeddedPostgres(
                Cluster.start(request.major(), request.settings(), Surroundings.ofThisProcess()), request.settings());
    }

    /// Starts a read-only standby that follows this server by streaming replication; its logins are this one's.
    public EmbeddedPostgres standby() {
        return new EmbeddedPostgres(cluster.standby(settings, this::backUp, Surroundings.ofThisProcess()), settings);
    }

    private String backUp(Backup.Copy copy) throws IOException {
        try (Session session = Session.open(DatabaseUrl.parse(url("postgres"), Map.of()), "godwit standby")) {
            boolean plain = session.serverVersion().atLeast(BACKUP_START);
            session.execute(
                    plain
                            ? "SELECT pg_backup_start('standby', true)"
                            : "SELECT pg_start_backup('standby', true, false)");
            copy.run();
            return session.queryOne(
                            "SELECT labelfile FROM "
                                    + (plain ? "pg_backup_stop(false)" : "pg_stop_backup(false, false)"),
                            row -> row.text("labelfile"))
                    .orElseThrow();
        }
    }

    /// @param database any name; `postgres` exists from the start
    /// @return a URL of the superuser, password included: for memory, never for output
    public String url(String database) {
        String path = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        return "postgresql://" + SUPERUSER + ":" + cluster.password() + "@127.0.0.1:" + cluster.port() + "/" + path;
    }

    public PostgresVersion version() {
        return cluster.binaries().version();
    }

    /// @return which programs run, and where they came from
    public Binaries binaries() {
        return cluster.binaries();
    }

    public Path dataDirectory() {
        return cluster.dataDirectory();
    }

    /// Stops the server at once and removes its directory; returns when both are gone.
    @Override
    public void close() {
        cluster.close();
    }

    /// Without the password, since `toString` ends up in logs.
    @Override
    public String toString() {
        return "PostgreSQL " + version() + " on 127.0.0.1:" + cluster.port();
    }
}
