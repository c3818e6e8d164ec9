package dev.godwit.db;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Where a database is and who logs in, as libpq understands it: the URL first, then the `PG…` variables, then the
/// password file, then libpq's defaults. One default differs: without a host libpq takes a Unix socket, Godwit
/// `localhost`, because its driver speaks TCP only.
///
/// The password is held apart: nothing public returns it, and neither [#display] nor any exception shows it.
public final class DatabaseUrl {
    private static final String ENVIRONMENT_PREFIX = "env:";
    private static final int DEFAULT_PORT = 5432;

    private final String host;
    private final int port;
    private final String user;
    private final String database;
    private final Optional<String> password;
    private final String passwordNote;
    private final Map<String, String> settings;

    private DatabaseUrl(Builder from) {
        this.host = from.host;
        this.port = from.port;
        this.user = from.user;
        this.database = from.database;
        this.password = from.password;
        this.passwordNote = from.passwordNote;
        this.settings = Map.copyOf(from.settings);
    }

    /// @param url `postgresql://…`, `postgres://…` or `env:NAME`
    /// @param environment the process environment; a parameter so that the result depends on nothing else but the
    ///     password file
    public static DatabaseUrl parse(String url, Map<String, String> environment) {
        String trimmed = url.strip();
        if (trimmed.startsWith(ENVIRONMENT_PREFIX)) {
            return parseUri(fromVariable(trimmed.substring(ENVIRONMENT_PREFIX.length()), environment), environment);
        }
        return parseUri(trimmed, environment);
    }

    private static String fromVariable(String name, Map<String, String> environment) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw Problem.usage("the environment variable " + name + " that names the database is not set")
                    .at(ENVIRONMENT_PREFIX + name)
                    .remedy("export " + name + "=postgresql://user@host:port/database")
                    .raise();
        }
        return value.strip();
    }

    private static DatabaseUrl parseUri(String uri, Map<String, String> environment) {
        Map<String, String> settings = LibpqKeyword.fromEnvironment(environment);
        settings.putAll(ConnectionUri.parse(uri));
        return new DatabaseUrl(new Builder(settings, environment));
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public String user() {
        return user;
    }

    public String database() {
        return database;
    }

    /// The same server, login and options, another database. A password found for the first database is kept.
    public DatabaseUrl withDatabase(String name) {
        return new DatabaseUrl(new Builder(this, requireNonNull(name)));
    }

    /// The same login to the same database through something that listens elsewhere: a gateway on loopback.
    public Endpoint through(String throughHost, int throughPort) {
        return new Endpoint(throughHost, throughPort, database, user, password);
    }

    /// @return the URL without password, fit for people, logs and evidence; only options that hold no secret are in it
    public String display() {
        String options = new TreeMap<>(settings)
                .entrySet().stream()
                        .filter(entry -> entry.getKey().equals("sslmode"))
                        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
        String base = "postgresql://" + encode(user) + "@" + bracketed(host) + ":" + port + "/" + encode(database);
        return options.isEmpty() ? base : base + "?" + options;
    }

    @Override
    public String toString() {
        return display();
    }

    /// @return where to connect: `hostaddr` when it is given, else the host
    public String address() {
        return settings.getOrDefault("hostaddr", host);
    }

    public Duration connectTimeout() {
        String seconds = settings.getOrDefault("connect_timeout", Connector.DEFAULT_CONNECT_TIMEOUT_SECONDS);
        return seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    /// @return the address for the driver, which wants everything else as properties
    String jdbcAddress() {
        return "jdbc:postgresql://" + bracketed(address()) + ":" + port + "/" + encode(database);
    }

    /// @return libpq keywords and values but for host, port, user, database and password
    Map<String, String> settings() {
        return settings;
    }

    /// For the driver alone.
    Optional<String> password() {
        return password;
    }

    /// @return why the password file was not used; empty when there is nothing to tell
    String passwordNote() {
        return passwordNote;
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// The parts while they are put together.
    private static final class Builder {
        private final String host;
        private final int port;
        private final String user;
        private final String database;
        private final Optional<String> password;
        private final String passwordNote;
        private final Map<String, String> settings;

        Builder(Map<String, String> given, Map<String, String> environment) {
            this.settings = new LinkedHashMap<>(given);
            this.host = host(take("host"));
            this.port = take("port").map(Builder::port).orElse(DEFAULT_PORT);
            this.user = take("user").orElseGet(() -> requireNonNullElse(System.getProperty("user.name"), ""));
            this.database = take("dbname").orElse(user);
            Path file = passwordFile(take("passfile"), environment);
            Optional<String> known = take("password");
            PasswordFile.Found found = known.isPresent()
                    ? new PasswordFile.Found(known, "")
                    : PasswordFile.find(file, new PasswordFile.Login(host, port, database, user));
            this.password = found.password();
            this.passwordNote = found.ignored();
            LibpqKeyword.refuseUnknown(settings);
        }

        Builder(DatabaseUrl other, String database) {
            this.settings = other.settings;
            this.host = other.host;
            this.port = other.port;
            this.user = other.user;
            this.database = database;
            this.password = other.password;
            this.passwordNote = other.passwordNote;
        }

        private Optional<String> take(String keyword) {
            return Optional.ofNullable(settings.remove(keyword)).filter(value -> !value.isEmpty());
        }

        private String host(Optional<String> given) {
            String name = given.orElseGet(() -> settings.getOrDefault("hostaddr", "localhost"));
            if (name.contains(",")) {
                throw ConnectionUri.severalHosts();
            }
            if (name.startsWith("/") || name.startsWith("@")) {
                throw socket(name);
            }
            return name;
        }

        private static GodwitException socket(String directory) {
            return Problem.usage("the host is a Unix socket directory, and Godwit connects by TCP only")
                    .at(directory)
                    .remedy("let the server listen on localhost (listen_addresses) and write"
                            + " postgresql://user@localhost:5432/database")
                    .raise();
        }

        private static int port(String text) {
            if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535) {
                return Integer.parseInt(text);
            }
            throw Problem.usage("the port of the database is not a number from 1 to 65535")
                    .remedy("write postgresql://user@host:5432/database; in a password : is written %3A and / %2F")
                    .raise();
        }

        private static Path passwordFile(Optional<String> given, Map<String, String> environment) {
            String home = environment.getOrDefault("HOME", requireNonNullElse(System.getProperty("user.home"), "."));
            return given.map(Path::of).orElseGet(() -> Path.of(home, ".pgpass"));
        }
    }
}
