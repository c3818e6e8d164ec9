package dev.godwit.gateway;

import dev.godwit.gateway.wire.Frames;
import dev.godwit.gateway.wire.FrontendMessage;
import dev.godwit.gateway.wire.FrontendMessage.Parse;
import dev.godwit.gateway.wire.MessageWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Batches of a client that are sent once more.
final class Batches {
    private Batches() {}

    /// A prepared statement outlives the failure of what was executed with it, and its name cannot be given twice.
    ///
    /// @return messages that close every statement which the batch names, and a Sync; empty when it names none
    static byte[] forgetNames(byte[] batch) throws IOException {
        MessageWriter closing = new MessageWriter();
        Frames frames = new Frames(new ByteArrayInputStream(batch), OutputStream.nullOutputStream());
        for (int type = frames.advance(); type >= 0; type = frames.advance()) {
            frames.gather();
            if (FrontendMessage.decode(type, frames.body()) instanceof Parse(String name, String _)
                    && !name.isEmpty()) {
                closing.closeStatement(name);
            }
            frames.pass();
        }
        return closing.toBytes().length == 0 ? new byte[0] : closing.sync().toBytes();
    }
}
