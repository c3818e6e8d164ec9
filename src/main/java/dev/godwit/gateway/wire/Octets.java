package dev.godwit.gateway.wire;

/// Bytes that do not change and that nobody has to understand.
public final class Octets {
    private final byte[] bytes;

    Octets(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public byte[] toBytes() {
        return bytes.clone();
    }
}
