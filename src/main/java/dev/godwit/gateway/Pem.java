package dev.godwit.gateway;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates and private keys in the files that PostgreSQL's own `ssl_cert_file` and `ssl_key_file` name.
///
/// Source: RFC 7468; RFC 8017 appendix A.1.2 and RFC 5915 for keys that are not PKCS#8.
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {2, 1, 0};

    private record Block(String label, String content) {
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(content);
        }
    }

    private Pem() {}

    /// @return the server's own first, as the file has them
    static List<X509Certificate> certificates(Path file) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : blocks(file)) {
                if (block.label().endsWith("CERTIFICATE")
                        && factory.generateCertificate(new ByteArrayInputStream(block.bytes()))
                                instanceof X509Certificate one) {
                    chain.add(one);
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable("the certificate cannot be read: " + e.getMessage(), file);
        }
        if (chain.isEmpty()) {
            throw unreadable("the file holds no certificate", file);
        }
        return chain;
    }

    /// @param fitting of the certificate: it says which kind of key a file without a kind holds
    static PrivateKey privateKey(Path file, PublicKey fitting) {
        for (Block block : blocks(file)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return privateKey(file, block, fitting);
            }
        }
        throw unreadable("the file holds no private key", file);
    }

    private static PrivateKey privateKey(Path file, Block block, PublicKey fitting) {
        if (block.label().startsWith("ENCRYPTED") || block.content().contains("ENCRYPTED")) {
            throw Problem.usage("the private key is encrypted, and nobody is there to type its password")
                    .at(file.toString())
                    .remedy("openssl pkey -in " + file + " -out plain.key, and name that one")
                    .raise();
        }
        try {
            byte[] key = block.bytes();
            byte[] wrapped = block.label().equals("PRIVATE KEY") ? key : wrap(key, fitting.getEncoded());
            return KeyFactory.getInstance(fitting.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(wrapped));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unreadable("the private key is not of the certificate's kind, or cannot be read", file);
        }
    }

    /// Makes PKCS#8 of a key in the form of its kind. The kind, with its curve, is the public key's.
    private static byte[] wrap(byte[] key, byte[] publicKey) {
        int kind = 1 + lengthBytes(publicKey, 0);
        int kindEnd = kind + 1 + lengthBytes(publicKey, kind) + length(publicKey, kind);
        byte[] algorithm = Arrays.copyOfRange(publicKey, kind, kindEnd);
        return der(SEQUENCE, joined(VERSION_0, algorithm, der(OCTETS, key)));
    }

    private static int lengthBytes(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? 1 : 1 + (first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = 0; first >= 0x80 && i < (first & 0x7f); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] der(int tag, byte[] content) {
        return joined(new byte[] {(byte) tag}, length(content.length), content);
    }

    /// No more bytes than needed, as DER wants it.
    private static byte[] length(int length) {
        if (length < 0x80) {
            return new byte[] {(byte) length};
        }
        return length < 0x100
                ? new byte[] {(byte) 0x81, (byte) length}
                : new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static List<Block> blocks(Path file) {
        try {
            Matcher matcher = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            return matcher.results()
                    .map(found -> new Block(found.group(1), found.group(2)))
                    .toList();
        } catch (IOException e) {
            throw Problem.usage(
                            "the file cannot be read: " + (Files.exists(file) ? e.getMessage() : "it does not exist"))
                    .at(file.toString())
                    .remedy("name files that exist and that this account may read")
                    .raise();
        }
    }

    static GodwitException unreadable(String what, Path file) {
        return Problem.usage(what)
                .at(file.toString())
                .remedy("give --tls-cert a PEM file with the certificate first, and --tls-key one with its private key")
                .raise();
    }
}
