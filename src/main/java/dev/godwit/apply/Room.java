package dev.godwit.apply;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.Row;
import dev.godwit.db.Session;
import dev.godwit.execute.LockNeed;
import dev.godwit.postgres.SqlState;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How much is free where a server writes.
///
/// @param source who says so: `in /var/lib/postgresql/15/main`
record Room(long bytes, String source) {
    /// A login that may not read the setting is shown no row.
    static final String DIRECTORY = """
            SELECT setting AS path, extract(epoch FROM pg_catalog.pg_postmaster_start_time())::bigint AS started,
              (SELECT system_identifier FROM pg_catalog.pg_control_system()) AS system
            FROM pg_catalog.pg_settings WHERE name = 'data_directory'""";

    private static final String TABLESPACES = """
            SELECT DISTINCT pg_catalog.pg_tablespace_location(s.oid) AS path
            FROM unnest(?::text[], ?::text[]) AS a (schema, name)
            JOIN pg_catalog.pg_namespace n ON n.nspname = a.schema
            JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = a.name
            JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
            WHERE pg_catalog.pg_tablespace_location(s.oid) <> ''""";

    /// Lines of `postmaster.pid`.
    private static final int START_LINE = 2;

    /// @param started seconds since 1970
    record Server(String path, long started, long system) {
        static Server of(Row row) {
            return new Server(row.text("path"), row.number("started"), row.number("system"));
        }
    }

    /// @return the least of data directory, log and the tablespaces of the tables that are touched; empty when the
    /// server
    /// is elsewhere, or its files may not be read
    static Optional<Room> onThisMachine(Scene scene) {
        return server(scene.session()).flatMap(server -> free(server, tablespaces(scene)));
    }

    private static Optional<Server> server(Session session) {
        try {
            return session.queryOne(DIRECTORY, Server::of);
        } catch (DatabaseException e) {
            if (e.sqlState().equals(SqlState.INSUFFICIENT_PRIVILEGE)
                    || e.sqlState().equals(LiveGate.NOT_SUPPORTED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static List<String> tablespaces(Scene scene) {
        List<LockNeed> needs = scene.work().needs().values().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
        return scene.session()
                .query(
                        TABLESPACES,
                        row -> row.text("path"),
                        needs.stream().map(need -> need.relation().schema()).toList(),
                        needs.stream().map(need -> need.relation().name()).toList());
    }

    /// A tunnel can lead from a port of this machine to another one that has a directory of the same name; so the
    /// directory must be that of this very server, by its system identifier and the second of its start.
    static Optional<Room> free(Server server, List<String> tablespaces) {
        try {
            Path data = Path.of(server.path());
            if (!isOf(data, server)) {
                return Optional.empty();
            }
            List<Path> places = new ArrayList<>(
                    List.of(data.resolve("base"), data.resolve("pg_wal").toRealPath()));
            tablespaces.forEach(path -> places.add(Path.of(path)));
            long least = Long.MAX_VALUE;
            for (Path place : places) {
                least = Math.min(least, Files.getFileStore(place).getUsableSpace());
            }
            return Optional.of(new Room(least, "in " + data));
        } catch (IOException | InvalidPathException notHere) {
            return Optional.empty();
        }
    }

    private static boolean isOf(Path data, Server server) throws IOException {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"));
                DataInputStream control =
                        new DataInputStream(Files.newInputStream(data.resolve("global/pg_control")))) {
            Optional<String> started = lines.skip(START_LINE).findFirst();
            boolean sameStart = started.filter(
                            second -> Math.abs(Long.parseLong(second.strip()) - server.started()) <= 1)
                    .isPresent();
            return sameStart && Long.reverseBytes(control.readLong()) == server.system();
        } catch (NumberFormatException otherFile) {
            return false;
        }
    }
}
