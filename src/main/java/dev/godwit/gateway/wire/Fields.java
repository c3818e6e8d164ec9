package dev.godwit.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The body of one message, field by field. Valid until the stream that it came from advances.
public final class Fields {
    private final byte[] buffer;
    private final int end;
    private int at;

    public Fields(byte[] buffer, int from, int end) {
        this.buffer = buffer;
        this.at = from;
        this.end = end;
    }

    public int remaining() {
        return end - at;
    }

    public int int8() throws MalformedMessage {
        need(1);
        return buffer[at++] & 0xff;
    }

    public int int16() throws MalformedMessage {
        return int8() << 8 | int8();
    }

    public int int32() throws MalformedMessage {
        return int16() << 16 | int16();
    }

    /// @return text up to a zero byte, taken as UTF-8
    public String text() throws MalformedMessage {
        int zero = at;
        while (zero < end && buffer[zero] != 0) {
            zero++;
        }
        if (zero == end) {
            throw new MalformedMessage("a text without end");
        }
        String text = new String(buffer, at, zero - at, StandardCharsets.UTF_8);
        at = zero + 1;
        return text;
    }

    public String text(int bytes) throws MalformedMessage {
        need(bytes);
        String text = new String(buffer, at, bytes, StandardCharsets.UTF_8);
        at += bytes;
        return text;
    }

    /// @return all that is left
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(buffer, at, end);
        at = end;
        return rest;
    }

    public void skip(int bytes) throws MalformedMessage {
        need(bytes);
        at += bytes;
    }

    private void need(int bytes) throws MalformedMessage {
        if (bytes < 0 || bytes > end - at) {
            throw new MalformedMessage("a message shorter than its fields");
        }
    }
}
