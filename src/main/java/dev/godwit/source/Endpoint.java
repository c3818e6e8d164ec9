package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a framework's own command is to connect, instead of where its files say: a gateway on loopback.
///
/// @param password kept out of [#toString] and out of arguments; a command gets it by its environment
public record Endpoint(String host, int port, String database, String user, Optional<String> password) {
    public Endpoint {
        requireNonNull(host);
        requireNonNull(database);
        requireNonNull(user);
        requireNonNull(password);
    }

    /// @return `scheme://user:password@host:port/database`, for a variable of the environment only
    public String secretUrl(String scheme) {
        String login =
                encode(user) + password.map(secret -> ":" + encode(secret)).orElse("");
        return scheme + "://" + login + "@" + host + ":" + port + "/" + encode(database);
    }

    /// @return `jdbc:postgresql://host:port/database`, without the login
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + encode(database);
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
