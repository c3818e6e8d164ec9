package dev.godwit.gateway.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Puts messages together, one behind the other.
public final class MessageWriter {
    private static final int ALL_ROWS = 0;

    private byte[] buffer = new byte[256];
    private int end;
    private int length;

    /// Begins a message; what is written until the next [#end] is its body.
    public MessageWriter begin(char type) {
        int8(type);
        length = end;
        return int32(0);
    }

    public MessageWriter end() {
        int size = end - length;
        for (int i = 0; i < 4; i++) {
            buffer[length + i] = (byte) (size >>> (24 - 8 * i));
        }
        return this;
    }

    public MessageWriter int8(int value) {
        room(1);
        buffer[end++] = (byte) value;
        return this;
    }

    public MessageWriter int16(int value) {
        return int8(value >>> 8).int8(value);
    }

    public MessageWriter int32(int value) {
        return int16(value >>> 16).int16(value);
    }

    public MessageWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8)).int8(0);
    }

    public MessageWriter bytes(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        end += bytes.length;
        return this;
    }

    /// One statement without parameters by the extended protocol under a name of its own, its results as text; a
    /// failed one of that name may still be there. The unnamed statement and portal of the connection stay.
    public MessageWriter oneStatement(String name, String sql) {
        return closeStatement(name)
                .begin('P')
                .text(name)
                .text(sql)
                .int16(0)
                .end()
                .begin('B')
                .text(name)
                .text(name)
                .int16(0)
                .int16(0)
                .int16(0)
                .end()
                .begin('D')
                .int8('P')
                .text(name)
                .end()
                .begin('E')
                .text(name)
                .int32(ALL_ROWS)
                .end()
                .begin('C')
                .int8('P')
                .text(name)
                .end()
                .closeStatement(name)
                .sync();
    }

    public MessageWriter closeStatement(String name) {
        return begin('C').int8('S').text(name).end();
    }

    public MessageWriter describeStatement(String name) {
        return begin('D').int8('S').text(name).end();
    }

    public MessageWriter sync() {
        return begin('S').end();
    }

    public MessageWriter readyForQuery(char status) {
        return begin('Z').int8(status).end();
    }

    public MessageWriter error(String severity, String sqlState, String message) {
        return begin('E')
                .int8('S')
                .text(severity)
                .int8('V')
                .text(severity)
                .int8('C')
                .text(sqlState)
                .int8('M')
                .text(message)
                .int8(0)
                .end();
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, end);
    }

    private void room(int bytes) {
        if (end + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + bytes));
        }
    }
}
