package dev.godwit.staging.embedded;

import dev.godwit.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The configuration file of one cluster: nothing is made durable, since nothing outlives the cluster; otherwise as a
/// production server would be.
///
/// Source: PostgreSQL manual, sections 14.5, "Non-Durable Settings", and 19.1.2, "Parameter Interaction via the
/// Configuration File".
final class Settings {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

    /// Changing these would lose the cluster to its owner.
    private static final Set<String> RESERVED = Set.of(
            "config_file",
            "data_directory",
            "external_pid_file",
            "hba_file",
            "ident_file",
            "listen_addresses",
            "logging_collector",
            "port",
            "unix_socket_directories");

    /// The kernel's limit for a socket's path, its final NUL included.
    ///
    /// Source: unix(7), `sun_path`.
    private static final int LONGEST_SOCKET_PATH = 107;

    private final Map<String, String> values = new LinkedHashMap<>();

    private Settings() {}

    static Settings of(Map<String, String> wanted) {
        Settings settings = new Settings();
        settings.values.putAll(Map.of("fsync", "off", "full_page_writes", "off", "synchronous_commit", "off"));
        settings.values.putAll(Map.of("autovacuum", "on", "shared_buffers", "128MB", "max_connections", "100"));
        settings.values.putAll(Map.of("log_lock_waits", "on", "timezone", "UTC", "log_timezone", "UTC"));
        wanted.forEach(settings::put);
        return settings;
    }

    private void put(String name, String value) {
        if (!NAME.matcher(name).matches()
                || RESERVED.contains(name)
                || value.chars().anyMatch(c -> c < ' ')) {
            throw Problem.usage("the setting " + name + " cannot be given to an embedded PostgreSQL")
                    .remedy("leave it out")
                    .raise();
        }
        values.put(name, value);
    }

    /// @param directory holds `data`, whose own configuration file, written by `initdb`, is read first
    /// @param port on loopback
    String file(Path directory, int port) {
        StringBuilder text = new StringBuilder("include 'data/postgresql.conf'\n");
        values.forEach((name, value) -> line(text, name, value));
        line(text, "listen_addresses", "127.0.0.1");
        line(text, "port", Integer.toString(port));
        line(text, "unix_socket_directories", socketDirectory(directory));
        line(text, "hba_file", directory.resolve("pg_hba.conf").toString());
        line(text, "logging_collector", "off");
        return text.toString();
    }

    private static String socketDirectory(Path directory) {
        String data = directory.resolve("data").toString();
        return data.length() + "/.s.PGSQL.65535".length() < LONGEST_SOCKET_PATH ? data : "";
    }

    private static void line(StringBuilder text, String name, String value) {
        String quoted = value.replace("\\", "\\\\").replace("'", "''");
        text.append(name).append(" = '").append(quoted).append("'\n");
    }

    /// A password for everybody, over TCP and over the socket: other users of the machine reach both.
    static String hostBasedAuthentication() {
        return """
                local all         all              scram-sha-256
                host  all         all 127.0.0.1/32 scram-sha-256
                host  replication all 127.0.0.1/32 scram-sha-256
                """;
    }
}
