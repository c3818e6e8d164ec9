package dev.godwit.gateway;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.ServerTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// TLS towards clients: the gateway's own certificate, as a server with `ssl = on` would show one. A client that does
/// not ask for it is served in clear, as such a server does.
///
/// Source: PostgreSQL 17 manual, sections 54.2.11 and 19.9.
public record ClientTls(SSLContext context) {
    /// The first byte of TLS, which begins no packet of PostgreSQL's own: it would be 369 MB long.
    static final int HANDSHAKE = 0x16;

    private static final char[] NO_PASSWORD = new char[0];
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    public ClientTls {
        requireNonNull(context);
    }

    /// @param certificate PEM, the server's own first, then those in between
    /// @param key PEM: PKCS#8, PKCS#1 or SEC 1, not encrypted
    public static ClientTls of(Path certificate, Path key) {
        List<X509Certificate> chain = Pem.certificates(certificate);
        PrivateKey secret = Pem.privateKey(key, chain.getFirst().getPublicKey());
        try {
            if (!fits(secret, chain.getFirst())) {
                throw Pem.unreadable("the private key does not belong to the certificate " + certificate, key);
            }
            return new ClientTls(context(chain, secret));
        } catch (GeneralSecurityException | IOException e) {
            throw Pem.unreadable("certificate and key cannot be used: " + e.getMessage(), certificate);
        }
    }

    private static boolean fits(PrivateKey secret, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(algorithm, algorithm));
        byte[] text = certificate.getEncoded();
        signature.initSign(secret);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }

    private static SSLContext context(List<X509Certificate> chain, PrivateKey secret)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("gateway", secret, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /// After the answer `S` to an SSLRequest. Whoever sent more before that answer is not the one who will encrypt
    /// (CVE-2021-23214).
    Socket answered(Socket plain) throws IOException {
        if (plain.getInputStream().available() > 0) {
            throw new SSLException("unencrypted bytes follow the request for TLS");
        }
        plain.getOutputStream().write('S');
        return over(plain, new byte[0]);
    }

    /// From the first byte, which is read already (`sslnegotiation=direct`). It may be a client of another protocol,
    /// so this one has to be named.
    Socket direct(Socket plain) throws IOException {
        SSLSocket socket = over(plain, new byte[] {HANDSHAKE});
        if (!ServerTls.PROTOCOL.equals(socket.getApplicationProtocol())) {
            throw new SSLException("the client does not say that it speaks PostgreSQL's protocol");
        }
        return socket;
    }

    private SSLSocket over(Socket plain, byte[] read) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, new ByteArrayInputStream(read), true);
        socket.setUseClientMode(false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {ServerTls.PROTOCOL});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
