package dev.godwit.gateway;

import java.io.IOException;

/// A connection whose statements a handler sees.
record WatchedFlow(Conversation conversation, ClientSide client, ServerSide server) implements Flow {
    @Override
    public void fromClient() throws IOException {
        client.run();
    }

    @Override
    public void fromServer() throws IOException {
        server.run();
    }

    @Override
    public void serverEnded() throws IOException {
        conversation.end();
        server.lost();
    }
}
