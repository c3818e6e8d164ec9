package dev.godwit.command;

import static java.util.Objects.requireNonNull;

import dev.godwit.source.Endpoint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The variables by which a program that Godwit does not know finds its server: those of libpq, the
/// names that most tools read, and every variable that holds the URL of a PostgreSQL database already.
public record ToolEnvironment(Endpoint endpoint) {
    /// A service's file names another host, certificates are another server's, and a password that
    /// passes through cannot be bound to a channel. Go's `lib/pq` ends over variables that it does
    /// not know, whatever they say: none but the common ones is set.
    private static final List<String> TAKEN_AWAY = List.of(
            "PGHOSTADDR",
            "PGSERVICE",
            "PGSERVICEFILE",
            "PGSSLROOTCERT",
            "PGSSLCERT",
            "PGSSLKEY",
            "PGREQUIRESSL",
            "PGCHANNELBINDING",
            "PGREQUIREAUTH",
            "PGGSSENCMODE",
            "PGTARGETSESSIONATTRS");

    private static final List<String> PREFIXES = List.of("DB_", "POSTGRES_", "POSTGRESQL_", "DATABASE_");
    private static final List<String> URLS = List.of("DATABASE_URL", "DB_URL", "POSTGRES_URL", "GOOSE_DBSTRING");
    private static final List<String> JDBC =
            List.of("JDBC_DATABASE", "SPRING_DATASOURCE", "FLYWAY", "LIQUIBASE_COMMAND");

    private static final Pattern URL = Pattern.compile(
            "(?i)\\s*(jdbc:postgresql|db:pg|[a-z0-9]*(?:postgres|pgsql|postgis)[a-z0-9]*(?:\\+[a-z0-9]+)?)://?[^?\\s]*(?:\\?(\\S*))?\\s*");

    private static final List<String> OF_THE_SERVER = List.of(
            "host",
            "hostaddr",
            "port",
            "user",
            "username",
            "password",
            "dbname",
            "database",
            "service",
            "servicefile",
            "passfile",
            "channel_binding",
            "channelbinding",
            "gssencmode",
            "require_auth",
            "target_session_attrs",
            "targetservertype");

    public ToolEnvironment {
        requireNonNull(endpoint);
    }

    /// @param inherited Godwit's own environment, and what the project's `.env` says
    /// @return what to set on top of it; an empty value takes a variable away
    public Map<String, String> over(Map<String, String> inherited) {
        Map<String, String> set = new LinkedHashMap<>();
        TAKEN_AWAY.forEach(name -> set.put(name, ""));
        set.put("PGHOST", endpoint.host());
        set.put("PGPORT", port());
        set.put("PGDATABASE", endpoint.database());
        set.put("PGUSER", endpoint.user());
        set.put("PGPASSWORD", password());
        set.put("PGSSLMODE", "disable");
        PREFIXES.forEach(prefix -> parts(prefix, set));
        URLS.forEach(name -> set.put(name, url("postgresql", "")));
        JDBC.forEach(prefix -> jdbc(prefix, set));
        inherited.forEach((name, value) -> moved(value).ifPresent(url -> set.put(name, url)));
        return set;
    }

    private void parts(String prefix, Map<String, String> set) {
        set.put(prefix + "HOST", endpoint.host());
        set.put(prefix + "PORT", port());
        Stream.of("DATABASE", "NAME", "DB").forEach(name -> set.put(prefix + name, endpoint.database()));
        Stream.of("USER", "USERNAME").forEach(name -> set.put(prefix + name, endpoint.user()));
        set.put(prefix + "PASSWORD", password());
    }

    private void jdbc(String prefix, Map<String, String> set) {
        set.put(prefix + "_URL", jdbc());
        set.put(prefix + "_USER", endpoint.user());
        set.put(prefix + "_USERNAME", endpoint.user());
        set.put(prefix + "_PASSWORD", password());
    }

    /// The same kind of URL with the same settings, of the database that the command is to work on.
    private Optional<String> moved(String value) {
        Matcher matcher = URL.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String settings = settings(Optional.ofNullable(matcher.group(2)).orElse(""));
        String scheme = matcher.group(1);
        return Optional.of(scheme.equalsIgnoreCase("jdbc:postgresql") ? jdbc(settings) : url(scheme, settings));
    }

    private static String settings(String query) {
        return Arrays.stream(query.split("&"))
                .filter(setting -> !setting.isEmpty())
                .filter(setting -> {
                    String name = setting.replaceFirst("=.*", "").toLowerCase(java.util.Locale.ROOT);
                    return !name.startsWith("ssl") && !OF_THE_SERVER.contains(name);
                })
                .collect(Collectors.joining("&"));
    }

    /// A driver behind `+` has settings of its own, and does not always know `sslmode`.
    private String url(String scheme, String settings) {
        String mode = scheme.contains("+") ? "" : "sslmode=disable";
        String query = Stream.of(settings, mode).filter(part -> !part.isEmpty()).collect(Collectors.joining("&"));
        return endpoint.secretUrl(scheme) + (query.isEmpty() ? "" : "?" + query);
    }

    private String jdbc() {
        return endpoint.jdbcUrl() + "?sslmode=disable";
    }

    private String jdbc(String settings) {
        Endpoint bare = endpoint;
        String login = bare.secretUrl("x").replaceFirst("^x://", "").replaceFirst("@.*$", "");
        String[] parts = login.split(":", 2);
        String secret = parts.length == 2 ? "&password=" + parts[1] : "";
        return jdbc() + "&user=" + parts[0] + secret + (settings.isEmpty() ? "" : "&" + settings);
    }

    private String port() {
        return String.valueOf(endpoint.port());
    }

    private String password() {
        return endpoint.password().orElse("");
    }

    /// Puts the endpoint where the arguments leave a place for it. A password has none: every user of
    /// the machine can read arguments, and programs built on libpq take it from their environment.
    ///
    /// @return the arguments, other braces as they were
    public List<String> fill(List<String> arguments) {
        Map<String, String> places = Map.of(
                "{url}", withoutPassword().secretUrl("postgresql") + "?sslmode=disable",
                "{jdbc}", jdbc(),
                "{host}", endpoint.host(),
                "{port}", port(),
                "{user}", endpoint.user(),
                "{database}", endpoint.database());
        Function<String, String> fill = argument -> {
            String filled = argument;
            for (Map.Entry<String, String> place : places.entrySet()) {
                filled = filled.replace(place.getKey(), place.getValue());
            }
            return filled;
        };
        return arguments.stream().map(fill).toList();
    }

    private Endpoint withoutPassword() {
        return new Endpoint(endpoint.host(), endpoint.port(), endpoint.database(), endpoint.user(), Optional.empty());
    }
}
