package dev.godwit.gateway;

import java.io.IOException;

/// What goes through one connection, each way on a thread of its own, until that way ends.
interface Flow {
    void fromClient() throws IOException;

    void fromServer() throws IOException;

    /// The server is gone: nobody waits for it any more.
    void serverEnded() throws IOException;
}
