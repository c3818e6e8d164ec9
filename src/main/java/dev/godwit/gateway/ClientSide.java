package dev.godwit.gateway;

import dev.godwit.gateway.Verdict.Refuse;
import dev.godwit.gateway.wire.Frames;
import dev.godwit.gateway.wire.FrontendMessage;
import dev.godwit.gateway.wire.FrontendMessage.Bind;
import dev.godwit.gateway.wire.FrontendMessage.Close;
import dev.godwit.gateway.wire.FrontendMessage.Describe;
import dev.godwit.gateway.wire.FrontendMessage.Execute;
import dev.godwit.gateway.wire.FrontendMessage.Parse;
import dev.godwit.gateway.wire.MalformedMessage;
import dev.godwit.gateway.wire.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// The client's half of a watched connection: before a statement leaves, the handler is asked.
///
/// Parse, Bind and Describe are held until the Execute that they prepare, so that the handler finds the backend with
/// nothing half done.
final class ClientSide {
    private static final int MOST_HELD = 1 << 20;
    private static final int MOST_NAMES = 64 * 1024;

    private final LinkState state;
    private final Frames frames;
    private final OutputStream server;
    private final Conversation conversation;
    private final StatementHandler handler;
    private final StatementNames names = new StatementNames();

    /// Made once, not for each statement: that is slow before the JIT's last tier, where most runs end.
    private final Held.Exchange exchange = this::exchange;

    /// Between the first message of a batch and its Sync.
    private boolean open;

    ClientSide(
            LinkState state, Frames frames, OutputStream server, Conversation conversation, StatementHandler handler) {
        this.state = state;
        this.frames = frames;
        this.server = server;
        this.conversation = conversation;
        this.handler = handler;
    }

    void run() throws IOException {
        for (int type = frames.advance(); type >= 0; type = frames.advance()) {
            switch (type) {
                case 'Q' -> query();
                case 'P', 'B', 'D', 'C' -> prepare(type);
                case 'E' -> execute();
                case 'H' -> flush();
                case 'S' -> sync();
                case 'F' -> call();
                case 'X' -> terminate();
                default -> frames.pass();
            }
        }
    }

    private void terminate() throws IOException {
        state.terminate();
        frames.release();
        frames.pass();
    }

    private void query() throws IOException {
        if (open) {
            throw new MalformedMessage("a Query inside a batch of the extended protocol that no Sync has ended");
        }
        frames.gather();
        if (!myTurn()) {
            frames.pass();
            return;
        }
        String sql = frames.body().text();
        InFlight flight = ask(sql, true, true);
        state.ask();
        if (flight.refusal().isPresent()) {
            frames.drop();
            frames.insert(new MessageWriter()
                    .describeStatement(Injection.NEVER)
                    .sync()
                    .toBytes());
        } else {
            keep(flight, frames.pending() > MOST_HELD ? Optional.empty() : Optional.of(frames.bytes()));
            frames.pass();
        }
    }

    private void prepare(int type) throws IOException {
        begin();
        note(type);
        if (frames.held() && frames.pending() > MOST_HELD) {
            let();
        }
        pass();
    }

    private void note(int type) throws IOException {
        if (type == 'B') {
            frames.gather(MOST_NAMES);
        } else {
            frames.gather();
        }
        switch (FrontendMessage.decode(type, frames.body())) {
            case Parse parse -> note(parse);
            case Bind bind -> note(bind);
            case Describe describe -> conversation.prepare(names.text(describe));
            case Close close -> names.note(close);
            default -> {}
        }
        if (frames.held() && frames.pending() <= MOST_HELD) {
            frames.gather();
        }
    }

    private void note(Parse parse) {
        names.note(parse);
        conversation.prepare(parse.sql());
    }

    private void note(Bind bind) {
        names.note(bind);
        conversation.prepare(names.text(bind));
    }

    private void execute() throws IOException {
        begin();
        frames.gather();
        if (!open) {
            frames.pass();
            return;
        }
        boolean first = frames.held();
        String sql = FrontendMessage.decode('E', frames.body()) instanceof Execute execute ? names.text(execute) : "";
        InFlight flight = ask(sql, false, first);
        if (flight.refusal().isPresent()) {
            refuse();
        } else {
            frames.pass();
            keep(flight, first ? Optional.of(frames.heldBytes()) : Optional.empty());
            frames.release();
        }
    }

    private void refuse() throws IOException {
        if (frames.held()) {
            frames.discard();
        }
        frames.drop();
        frames.insert(new MessageWriter().describeStatement(Injection.NEVER).toBytes());
    }

    private void flush() throws IOException {
        begin();
        let();
        frames.pass();
    }

    private void sync() throws IOException {
        boolean mine = open || myTurn();
        if (mine) {
            let();
        }
        state.ask();
        pass();
        open = false;
    }

    private void call() throws IOException {
        if (open) {
            throw new MalformedMessage("a FunctionCall inside a batch that no Sync has ended");
        }
        if (myTurn()) {
            conversation.sent();
        }
        state.ask();
        frames.pass();
    }

    /// The first message of a batch waits for its turn and opens it, held.
    private void begin() throws IOException {
        if (!open && myTurn()) {
            open = true;
            frames.hold();
        }
    }

    private boolean myTurn() throws IOException {
        frames.flush();
        conversation.awaitTurn();
        return conversation.quiet();
    }

    /// What is held of the batch may leave.
    private void let() {
        conversation.sent();
        frames.release();
    }

    /// Hands the current message on; one that follows a statement belongs to its batch.
    private void pass() throws IOException {
        if (open && !frames.held() && frames.pending() <= MOST_HELD) {
            frames.gather();
            conversation.keepMore(frames.bytes());
        }
        frames.pass();
    }

    private InFlight ask(String sql, boolean simple, boolean canQuery) {
        SentStatement statement =
                new SentStatement(state.id(), state.backendPid(), state.count(), sql, simple, state.status());
        return switch (verdict(new Held(state, canQuery, exchange), statement)) {
            case Verdict.Forward _ -> new InFlight(statement, Optional.empty());
            case Refuse refuse -> sent(new InFlight(statement, Optional.of(refuse)));
        };
    }

    private Verdict verdict(Held session, SentStatement statement) {
        state.hold().begin();
        try {
            Verdict verdict = handler.before(session, statement);
            return state.hold().end() ? Verdict.TAKEN_BACK : verdict;
        } catch (RuntimeException e) {
            if (state.hold().end()) {
                return Verdict.TAKEN_BACK;
            }
            throw e;
        }
    }

    private InFlight sent(InFlight flight) {
        conversation.send(flight);
        return flight;
    }

    /// Only what runs in a transaction of its own can be tried again.
    private void keep(InFlight flight, Optional<byte[]> batch) {
        if (batch.isPresent() && flight.statement().before() == TransactionStatus.IDLE) {
            flight.keep(batch.get());
        }
        conversation.send(flight);
    }

    private void exchange(byte[] messages, Injection injection) throws IOException {
        state.hold().ask();
        try {
            conversation.inject(injection);
            server.write(messages);
            conversation.awaitInjected();
        } finally {
            state.hold().answered();
        }
    }
}
