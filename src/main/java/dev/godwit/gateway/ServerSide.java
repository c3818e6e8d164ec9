package dev.godwit.gateway;

import dev.godwit.gateway.Verdict.Refuse;
import dev.godwit.gateway.wire.BackendMessage;
import dev.godwit.gateway.wire.BackendMessage.BackendKeyData;
import dev.godwit.gateway.wire.BackendMessage.CommandComplete;
import dev.godwit.gateway.wire.BackendMessage.ErrorResponse;
import dev.godwit.gateway.wire.BackendMessage.ParameterStatus;
import dev.godwit.gateway.wire.BackendMessage.ReadyForQuery;
import dev.godwit.gateway.wire.Frames;
import dev.godwit.gateway.wire.MalformedMessage;
import dev.godwit.gateway.wire.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The server's half of a watched connection: when a statement is answered, the handler is told, before the client
/// hears that the server is ready for the next.
final class ServerSide {
    private final LinkState state;
    private final Frames frames;
    private final OutputStream server;
    private final Conversation conversation;
    private final StatementHandler handler;

    private final Held.Exchange exchange = this::exchange;

    /// The statement that is answered, while it is not known whether it is the last of its batch.
    private @Nullable InFlight finished;

    /// The error of a statement that may be tried again.
    private byte @Nullable [] kept;

    /// Whether the client has got what a second try would give it again.
    private boolean touched;

    /// ParseComplete and its like: those that the client has got, and those that it must not get again.
    private int early;

    private int swallow;

    /// Whether the current ReadyForQuery was taken out of the stream to let Godwit ask something.
    private boolean aside;

    ServerSide(
            LinkState state, Frames frames, OutputStream server, Conversation conversation, StatementHandler handler) {
        this.state = state;
        this.frames = frames;
        this.server = server;
        this.conversation = conversation;
        this.handler = handler;
    }

    void run() throws IOException {
        for (int type = frames.advance(); type >= 0; type = frames.advance()) {
            Injection injection = conversation.injection();
            if (injection == null) {
                forward(type);
            } else if (answer(type, injection)) {
                conversation.injected();
            }
        }
    }

    /// The connection is over: what was on its way has ended with it, and a handler hears of that as well.
    void lost() throws IOException {
        if (kept != null) {
            frames.insert(kept);
        }
        if (finished != null) {
            tell(finished, false);
        }
        for (InFlight flight : conversation.rest()) {
            if (!flight.failed()) {
                flight.fail(new ServerMessage("08006", "the connection ended before the server had answered"));
            }
            tell(flight, false);
        }
    }

    private void forward(int type) throws IOException {
        switch (type) {
            case 'T' -> described();
            case 'D', 'd', 'H' -> touch();
            case 'G', 'W' -> copy();
            case 'C', 'I', 's' -> completed(type);
            case '1', '2', '3', 'n', 't' -> early(type);
            case 'E' -> failed();
            case 'Z' -> ready();
            case 'K', 'S' -> know(type);
            case 'R' -> authentication();
            default -> frames.pass();
        }
    }

    private void authentication() throws IOException {
        if (state.encrypted()) {
            frames.pass();
        } else {
            SaslOffer.pass(frames);
        }
    }

    private void described() throws IOException {
        conversation.understood();
        touch();
    }

    private void touch() throws IOException {
        touched = true;
        frames.pass();
    }

    private void copy() throws IOException {
        state.copy();
        conversation.copy();
        touch();
    }

    private void early(int type) throws IOException {
        if (swallow > 0) {
            swallow--;
            frames.gather();
            frames.drop();
        } else {
            early++;
            if (type == '1' || type == '2' || type == 'n') {
                conversation.understood();
            }
            frames.pass();
        }
    }

    private void know(int type) throws IOException {
        frames.gather();
        switch (BackendMessage.decode(type, frames.body())) {
            case BackendKeyData key -> state.know(key);
            case ParameterStatus parameter -> state.know(parameter);
            default -> {}
        }
        frames.pass();
    }

    private void completed(int type) throws IOException {
        frames.gather();
        String tag = BackendMessage.decode(type, frames.body()) instanceof CommandComplete(String text) ? text : "";
        Optional<InFlight> head = conversation.head();
        if (head.isPresent()) {
            head.get().complete(tag);
            if (!head.get().statement().simple()) {
                finish(head.get());
            }
        }
        touch();
    }

    /// One of a pipeline is told when the next is answered, and the last one when the server is ready.
    private void finish(InFlight flight) {
        conversation.poll();
        if (finished != null) {
            tell(finished, false);
        }
        finished = flight;
    }

    private void failed() throws IOException {
        frames.gather();
        InFlight flight = failing();
        if (flight == null || !(BackendMessage.decode('E', frames.body()) instanceof ErrorResponse error)) {
            frames.pass();
        } else if (flight.refusal().isPresent()) {
            refuse(flight, flight.refusal().get());
        } else {
            flight.fail(ServerMessage.of(error));
            keepOrPass(flight);
        }
    }

    /// A Parse, Bind or Describe may fail that nothing was executed with yet: the handler hears of its statement now.
    private @Nullable InFlight failing() {
        Optional<InFlight> head = conversation.head();
        if (head.isPresent() || conversation.unprepared().isEmpty()) {
            return head.orElse(finished);
        }
        InFlight preparing = new InFlight(
                new SentStatement(
                        state.id(),
                        state.backendPid(),
                        state.count(),
                        conversation.unprepared().get(),
                        false,
                        state.status()),
                Optional.empty());
        conversation.send(preparing);
        return preparing;
    }

    private void refuse(InFlight flight, Refuse refusal) throws IOException {
        if (flight.takenBack()) {
            flight.fail(new ServerMessage(refusal.sqlState(), refusal.message()));
        }
        frames.drop();
        frames.insert(new MessageWriter()
                .error("ERROR", refusal.sqlState(), refusal.message())
                .toBytes());
    }

    private void keepOrPass(InFlight flight) throws IOException {
        if (!touched && state.started() && conversation.kept(flight).isPresent()) {
            kept = frames.bytes();
            frames.drop();
        } else {
            frames.pass();
        }
    }

    private void ready() throws IOException {
        frames.gather();
        if (BackendMessage.decode('Z', frames.body()) instanceof ReadyForQuery(char status)) {
            state.status(TransactionStatus.of(status));
        }
        aside = false;
        if (state.start()) {
            handler.opened(state.info());
        }
        Optional<InFlight> again = tellAll();
        if (again.isPresent()) {
            tryAgain(again.get());
        } else {
            settle();
        }
    }

    /// @return the statement to be tried again
    private Optional<InFlight> tellAll() {
        InFlight last = finished;
        finished = null;
        List<InFlight> rest = conversation.rest();
        boolean failure = (last != null && last.failed()) || anyFailed(rest);
        Optional<InFlight> again = last != null && retried(last) ? Optional.of(last) : Optional.empty();
        for (InFlight flight : rest) {
            if (failure && !flight.failed()) {
                flight.fail(new ServerMessage("", "not run: a statement before it in its pipeline failed"));
            }
            if (retried(flight)) {
                again = Optional.of(flight);
            }
        }
        return again;
    }

    /// A loop, because a stream costs more than all else that is done for one statement here.
    private static boolean anyFailed(List<InFlight> flights) {
        for (InFlight flight : flights) {
            if (flight.failed()) {
                return true;
            }
        }
        return false;
    }

    private boolean retried(InFlight flight) {
        return wanted(flight) && tell(flight, true) == Retry.RETRY && kept != null;
    }

    private static boolean wanted(InFlight flight) {
        return flight.refusal().isEmpty() || flight.takenBack();
    }

    /// A failure that may lead to another try is held as a statement is, and can be taken back like one.
    private Retry tell(InFlight flight, boolean open) {
        if (kept == null) {
            return told(flight, open);
        }
        state.hold().begin();
        Retry retry = told(flight, open);
        return state.hold().end() ? takenBack(flight, open) : retry;
    }

    /// The client has cancelled a statement that has not come to its end, as far as it knows.
    private Retry takenBack(InFlight flight, boolean open) {
        Refuse refusal = Verdict.TAKEN_BACK;
        kept = new MessageWriter()
                .error("ERROR", refusal.sqlState(), refusal.message())
                .toBytes();
        flight.fail(new ServerMessage(refusal.sqlState(), refusal.message()));
        told(flight, open);
        return Retry.DONE;
    }

    private Retry told(InFlight flight, boolean open) {
        return handler.after(new Held(state, open, exchange), flight.statement(), flight.completion(state.status()));
    }

    private void tryAgain(InFlight flight) throws IOException {
        setAside();
        byte[] batch = conversation.kept(flight).orElseThrow();
        byte[] forget = Batches.forgetNames(batch);
        if (forget.length > 0) {
            exchange(forget, new Injection());
        }
        kept = null;
        swallow = early;
        flight.again();
        server.write(batch);
    }

    private void settle() throws IOException {
        if (kept != null) {
            frames.insert(kept);
        }
        kept = null;
        touched = false;
        early = 0;
        swallow = 0;
        state.answer(state.status());
        conversation.settle();
        if (aside) {
            frames.insert(
                    new MessageWriter().readyForQuery(state.status().letter()).toBytes());
        } else {
            frames.pass();
        }
    }

    private void setAside() throws IOException {
        if (!aside) {
            frames.drop();
            aside = true;
        }
    }

    /// Asks on this thread, which is the one that reads the answers.
    private void exchange(byte[] messages, Injection injection) throws IOException {
        setAside();
        state.hold().ask();
        server.write(messages);
        boolean answered = false;
        while (!answered) {
            int type = frames.advance();
            if (type < 0) {
                throw new MalformedMessage("the server went away");
            }
            answered = answer(type, injection);
        }
        state.hold().answered();
    }

    /// Takes one message of the answer to Godwit's own statement; what concerns the client is passed.
    ///
    /// @return whether it was the last
    private boolean answer(int type, Injection injection) throws IOException {
        if (type == 'A') {
            frames.pass();
            return false;
        }
        if (type == 'S') {
            know(type);
            return false;
        }
        frames.gather();
        BackendMessage message = BackendMessage.decode(type, frames.body());
        frames.drop();
        injection.accept(message);
        if (message instanceof ReadyForQuery(char status)) {
            state.status(TransactionStatus.of(status));
            return true;
        }
        return false;
    }
}
