package dev.godwit.gateway;

import dev.godwit.gateway.Verdict.Refuse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One statement on its way to the server and back. Guarded by its [Conversation] where both threads touch it.
final class InFlight {
    private static final int MOST_KEPT = 1 << 20;

    private final SentStatement statement;
    private final Optional<Refuse> refusal;
    private @Nullable ByteArrayOutputStream kept;
    private long sentNanos = System.nanoTime();
    private long tookNanos = -1;
    private String tag = "";
    private long rows;
    private Optional<ServerMessage> error = Optional.empty();

    InFlight(SentStatement statement, Optional<Refuse> refusal) {
        this.statement = statement;
        this.refusal = refusal;
    }

    SentStatement statement() {
        return statement;
    }

    Optional<Refuse> refusal() {
        return refusal;
    }

    /// What has to be sent for another try, from the first message to the Sync.
    void keep(byte[] bytes) {
        if (kept == null) {
            kept = new ByteArrayOutputStream();
        }
        kept.writeBytes(bytes);
        if (kept.size() > MOST_KEPT) {
            kept = null;
        }
    }

    void keepMore(byte[] bytes) {
        if (kept != null) {
            keep(bytes);
        }
    }

    void forget() {
        kept = null;
    }

    Optional<byte[]> kept() {
        return Optional.ofNullable(kept).map(ByteArrayOutputStream::toByteArray);
    }

    void complete(String newTag) {
        tag = newTag;
        rows += Tags.rows(newTag);
        tookNanos = System.nanoTime() - sentNanos;
    }

    void fail(ServerMessage message) {
        error = Optional.of(message);
        tag = "";
        tookNanos = System.nanoTime() - sentNanos;
    }

    void again() {
        error = Optional.empty();
        rows = 0;
        tookNanos = -1;
        sentNanos = System.nanoTime();
    }

    boolean takenBack() {
        return refusal.isPresent() && refusal.get().equals(Verdict.TAKEN_BACK);
    }

    boolean failed() {
        return error.isPresent();
    }

    Completion completion(TransactionStatus after) {
        long nanos = tookNanos < 0 ? System.nanoTime() - sentNanos : tookNanos;
        return new Completion(tag, rows, Duration.ofNanos(nanos), error, after);
    }
}
