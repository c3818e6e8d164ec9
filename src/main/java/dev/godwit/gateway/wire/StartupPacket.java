package dev.godwit.gateway.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a client may send first: it has a length and a code, but no type.
///
/// Source: PostgreSQL manual, sections 54.2.1, 54.2.11, 54.2.12 and 54.7.
public sealed interface StartupPacket {
    /// @return the packet as it came
    Octets bytes();

    /// @param protocol 196608 is 3.0, 196610 is 3.2
    record Startup(int protocol, Map<String, String> parameters, Octets bytes) implements StartupPacket {
        public String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    /// The key is the server's own, so the packet is handed on as it is.
    record Cancel(Octets bytes) implements StartupPacket {}

    /// SSLRequest or GSSENCRequest: answered by one byte, after which the client goes on or tries anew.
    record Encryption(Octets bytes) implements StartupPacket {
        public boolean tls() {
            return bytes.toBytes()[7] == (byte) SSL;
        }
    }

    int CANCEL = 80877102;
    int SSL = 80877103;
    int GSS_ENCRYPTION = 80877104;
    int MOST_BYTES = 10_000;

    /// @return empty when the client went away without a word
    static Optional<StartupPacket> read(InputStream in) throws IOException {
        int first = in.read();
        return first < 0 ? Optional.empty() : Optional.of(read(first, in));
    }

    /// @param first the byte that is read already
    static StartupPacket read(int first, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int length = first << 24 | data.readUnsignedByte() << 16 | data.readUnsignedShort();
        if (length < 8 || length > MOST_BYTES) {
            throw new MalformedMessage("a first packet of length " + length);
        }
        byte[] body = data.readNBytes(length - 4);
        if (body.length < length - 4) {
            throw new EOFException("the stream ended inside the first packet");
        }
        byte[] bytes = new MessageWriter().int32(length).bytes(body).toBytes();
        return decode(bytes);
    }

    private static StartupPacket decode(byte[] bytes) throws MalformedMessage {
        Fields fields = new Fields(bytes, 4, bytes.length);
        int code = fields.int32();
        return switch (code) {
            case CANCEL -> new Cancel(new Octets(bytes));
            case SSL, GSS_ENCRYPTION -> new Encryption(new Octets(bytes));
            default -> new Startup(code, parameters(fields), new Octets(bytes));
        };
    }

    /// What is no list of names and values is left to the server to refuse.
    private static Map<String, String> parameters(Fields fields) throws MalformedMessage {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (fields.remaining() > 1) {
            String name = fields.text();
            if (name.isEmpty()) {
                break;
            }
            parameters.put(name, fields.text());
        }
        return Map.copyOf(parameters);
    }

    static byte[] sslRequest() {
        return new MessageWriter().int32(8).int32(SSL).toBytes();
    }

    /// @param key as the server gave it
    static byte[] cancelRequest(int pid, byte[] key) {
        return new MessageWriter()
                .int32(12 + key.length)
                .int32(CANCEL)
                .int32(pid)
                .bytes(key)
                .toBytes();
    }
}
