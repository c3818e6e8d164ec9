package dev.godwit.db;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.SqlState;
import dev.godwit.problem.Problem;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.postgresql.Driver;
import org.postgresql.jdbc.PgConnection;

/// Opens connections and tells why one cannot be opened.
final class Connector {
    static final String DEFAULT_CONNECT_TIMEOUT_SECONDS = "10";

    private Connector() {}

    static PgConnection connect(DatabaseUrl url, String applicationName) {
        try {
            Connection connection = new Driver().connect(url.jdbcAddress(), properties(url, applicationName));
            return requireNonNull(connection).unwrap(PgConnection.class);
        } catch (SQLException e) {
            ServerError error = ServerError.read(e);
            throw error.raise(problem(url, error).at(url.display()));
        }
    }

    /// Statements travel by the simple protocol and unsplit, as psql sends them; parameters by the extended one,
    /// never as named prepared statements, which a schema change would break ("cached plan must not change result
    /// type"). An absent password is given as empty, else the driver would search a password file of its own.
    private static Properties properties(DatabaseUrl url, String applicationName) {
        Properties properties = new Properties();
        LibpqKeyword.copyTo(properties, url.settings());
        String seconds = url.settings().getOrDefault("connect_timeout", DEFAULT_CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password().orElse(""));
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty(
                "tcpKeepAlive", Boolean.toString(!"0".equals(url.settings().get("keepalives"))));
        properties.setProperty("socketFactory", WatchedSockets.class.getName());
        properties.setProperty("socketFactoryArg", WatchedSockets.argument(url.settings()));
        properties.setProperty("preferQueryMode", "extendedForPrepared");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("binaryTransfer", "false");
        properties.setProperty("stringtype", "unspecified");
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    private static Problem problem(DatabaseUrl url, ServerError error) {
        return switch (error.sqlState()) {
            case SqlState.INVALID_PASSWORD -> password(url, "the password of " + url.user() + " was refused");
            case SqlState.INVALID_CATALOG_NAME ->
                Problem.database("the database " + url.database() + " does not exist on this server")
                        .remedy("correct the name after the last / of the URL, or create it: createdb "
                                + url.database());
            case SqlState.INVALID_AUTHORIZATION ->
                Problem.database("the server does not let this login in: " + error.message())
                        .remedy("add a line for this user, database and address to the server's pg_hba.conf, or log in"
                                + " as another user; if it says no encryption, write ?sslmode=require");
            case SqlState.TOO_MANY_CONNECTIONS ->
                Problem.database("the server has no free connection: " + error.message())
                        .remedy("free one, or raise max_connections or the role's limit; then run the command again");
            default -> withoutServer(url, error);
        };
    }

    private static Problem withoutServer(DatabaseUrl url, ServerError error) {
        if (error.sqlState().startsWith("57P")) {
            return Problem.database("the server takes no connections now: " + error.message())
                    .remedy("wait until it has started, then run the command again");
        }
        if (url.password().isEmpty() && error.message().contains("password")) {
            return password(url, "the server asks for a password and none is known for " + url.user());
        }
        return transport(url, error);
    }

    private static Problem password(DatabaseUrl url, String what) {
        String note = url.passwordNote().isEmpty() ? "" : url.passwordNote() + "; or ";
        return Problem.database(what).remedy(note + "set PGPASSWORD, or add a line to ~/.pgpass");
    }

    private static Problem transport(DatabaseUrl url, ServerError error) {
        String place = url.host() + " port " + url.port();
        return switch (error.transport()) {
            case UnknownHostException _ ->
                Problem.database("the host " + url.host() + " is not known to this machine's name service")
                        .remedy("correct the host in the URL, or check DNS and VPN");
            case ConnectException _, NoRouteToHostException _ ->
                Problem.database("nothing answers at " + place)
                        .remedy("check that the server runs and listens there: pg_isready -h " + url.host() + " -p "
                                + url.port());
            case SocketTimeoutException _ -> timedOut(place);
            case SSLException _ ->
                Problem.database("the encrypted connection to " + place + " was refused: " + error.message())
                        .remedy("check sslmode and sslrootcert in the URL against the server's certificate");
            case null, default -> unexplained(place, error);
        };
    }

    private static Problem unexplained(String place, ServerError error) {
        if (error.message().contains("timed out")) {
            return timedOut(place);
        }
        if (error.message().contains("does not support SSL")) {
            return Problem.database("the server at " + place + " does not speak TLS, which the URL asks for")
                    .remedy("turn ssl on at the server, or write ?sslmode=prefer if the network is trusted");
        }
        return Problem.database("the connection to " + place + " failed: " + error.message())
                .remedy("try psql with the same URL; what it says applies here too");
    }

    private static Problem timedOut(String place) {
        return Problem.database("no answer from " + place + " within the connect timeout")
                .remedy("check firewall and address; a slow way needs ?connect_timeout=30");
    }
}
