package dev.godwit.db;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.ssl.PGjdbcHostnameVerifier;
import org.postgresql.util.PSQLException;

/// TLS to a server as the URL asks for it, on a socket that was not opened by the driver: `sslmode`, `sslrootcert`,
/// `sslcert`, `sslkey`, `sslpassword` and their default files, as libpq means them. Only `allow` is read as `prefer`:
/// it encrypts where it can instead of where it must.
///
/// Source: PostgreSQL manual, sections 34.1.2 and 34.19.
public final class ServerTls {
    /// The name of PostgreSQL's protocol among those that may be spoken inside of TLS.
    public static final String PROTOCOL = "postgresql";

    private static final String SYSTEM_STORE = "system";
    private static final Set<String> NOT_REQUIRED = Set.of("allow", "prefer");

    private final DatabaseUrl url;
    private final String mode;

    private ServerTls(DatabaseUrl url, String mode) {
        this.url = url;
        this.mode = mode;
    }

    public static ServerTls of(DatabaseUrl url) {
        boolean system = SYSTEM_STORE.equals(url.settings().get("sslrootcert"));
        String mode = url.settings().getOrDefault("sslmode", system ? "verify-full" : "prefer");
        if (direct(url) && (mode.equals("disable") || NOT_REQUIRED.contains(mode))) {
            throw Problem.usage("sslnegotiation=direct does not go with sslmode=" + mode + ", which may be without TLS")
                    .at(url.display())
                    .remedy("write sslmode=require, verify-ca or verify-full beside it")
                    .raise();
        }
        boolean likeVerifyCa = mode.equals("require") && (system || Files.exists(rootCertificate(url)));
        return new ServerTls(url, likeVerifyCa ? "verify-ca" : mode);
    }

    private static Path rootCertificate(DatabaseUrl url) {
        Path usual = Path.of(System.getProperty("user.home", "."), ".postgresql", "root.crt");
        String given = url.settings().get("sslrootcert");
        return given == null ? usual : Path.of(given);
    }

    /// @return whether the server is asked for TLS at all
    public boolean wanted() {
        return !mode.equals("disable");
    }

    /// @return whether a server without TLS, or with one that fails, is refused
    public boolean required() {
        return wanted() && !NOT_REQUIRED.contains(mode);
    }

    /// @return whether TLS begins with the first byte, without a question; PostgreSQL 17 and later understand it
    public boolean direct() {
        return direct(url);
    }

    private static boolean direct(DatabaseUrl url) {
        return "direct".equals(url.settings().get("sslnegotiation"));
    }

    /// Encrypts a connection on which the server has agreed to it, or need not be asked.
    ///
    /// @throws IOException when the server is not who it has to be, or a certificate or key cannot be used
    public Socket over(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) factory().createSocket(plain, url.host(), url.port(), true);
        if (fromSystemStore()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        nameProtocol(socket);
        socket.startHandshake();
        if (direct() && !PROTOCOL.equals(socket.getApplicationProtocol())) {
            throw new SSLException("the server does not say that it speaks PostgreSQL's protocol");
        }
        if (mode.equals("verify-full") && !PGjdbcHostnameVerifier.INSTANCE.verify(url.host(), socket.getSession())) {
            throw new SSLException("the server's certificate is not for " + url.host());
        }
        return socket;
    }

    private static void nameProtocol(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        socket.setSSLParameters(parameters);
    }

    private SSLSocketFactory factory() throws IOException {
        if (fromSystemStore()) {
            if (!mode.equals("verify-full")) {
                throw new SSLException("sslrootcert=system needs sslmode=verify-full");
            }
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            return new LibPQFactory(properties());
        } catch (PSQLException e) {
            throw new SSLException(ServerError.read(e).message());
        }
    }

    private boolean fromSystemStore() {
        return SYSTEM_STORE.equals(url.settings().get("sslrootcert"));
    }

    private Properties properties() {
        Properties properties = new Properties();
        LibpqKeyword.copyTo(properties, url.settings());
        properties.setProperty("sslmode", mode);
        properties.putIfAbsent("sslpassword", "");
        return properties;
    }
}
