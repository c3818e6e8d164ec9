package dev.godwit.gateway;

import dev.godwit.gateway.wire.BackendMessage;
import dev.godwit.gateway.wire.BackendMessage.BackendKeyData;
import dev.godwit.gateway.wire.BackendMessage.ParameterStatus;
import dev.godwit.gateway.wire.BackendMessage.ReadyForQuery;
import dev.godwit.gateway.wire.Frames;
import java.io.IOException;

/// Everything as it comes; only what tells where the session stands is looked at.
final class PlainFlow implements Flow {
    private final LinkState state;
    private final Frames client;
    private final Frames server;
    private final StatementHandler handler;

    PlainFlow(LinkState state, Frames client, Frames server, StatementHandler handler) {
        this.state = state;
        this.client = client;
        this.server = server;
        this.handler = handler;
    }

    @Override
    public void fromClient() throws IOException {
        for (int type = client.advance(); type >= 0; type = client.advance()) {
            switch (type) {
                case 'Q', 'S', 'F' -> state.ask();
                case 'X' -> state.terminate();
                default -> {}
            }
            client.pass();
        }
    }

    @Override
    public void fromServer() throws IOException {
        for (int type = server.advance(); type >= 0; type = server.advance()) {
            switch (type) {
                case 'Z', 'K', 'S' -> look(type);
                case 'G', 'W' -> state.copy();
                default -> {}
            }
            if (type == 'R' && !state.encrypted()) {
                SaslOffer.pass(server);
            } else {
                server.pass();
            }
        }
    }

    private void look(int type) throws IOException {
        server.gather();
        switch (BackendMessage.decode(type, server.body())) {
            case ReadyForQuery(char status) -> ready(TransactionStatus.of(status));
            case BackendKeyData key -> state.know(key);
            case ParameterStatus parameter -> state.know(parameter);
            default -> {}
        }
    }

    private void ready(TransactionStatus status) {
        state.answer(status);
        if (state.start()) {
            handler.opened(state.info());
        }
    }

    @Override
    public void serverEnded() {
        // nothing here waits but in reads, which end with the sockets
    }
}
