package dev.godwit.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The real psql, and so libpq.
///
/// @param url who logs in where
/// @param settings of libpq, which win over the URL
record Psql(String url, String settings) {
    /// @return what it said, on either stream
    String run(String sql) {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        ProcessBuilder builder = new ProcessBuilder(
                        "psql", "-XAtqc", sql, "user=" + user[0] + " port=" + uri.getPort() + " " + settings)
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PGPASSWORD", user[1], "PGDATABASE", uri.getPath().substring(1), "LC_ALL", "C"));
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
