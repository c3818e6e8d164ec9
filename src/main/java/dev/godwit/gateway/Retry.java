package dev.godwit.gateway;

/// What becomes of a statement that the server has answered.
public enum Retry {
    DONE,
    /// Sent once more, and the client never sees the failed try. Taken as [#DONE] where it cannot be: in a transaction,
    /// in a pipeline, and when a row or a COPY has reached the client.
    RETRY
}
