package dev.godwit.gateway.wire;

import java.io.IOException;

/// Bytes that are no message of the protocol: whoever sent them cannot be followed any further.
public final class MalformedMessage extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedMessage(String what) {
        super(what);
    }
}
