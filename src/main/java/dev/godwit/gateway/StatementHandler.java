package dev.godwit.gateway;

/// Looks at each statement of each connection before the server sees it and after it has answered. Called by the
/// threads of the connections, so by several at a time; the calls of one connection follow each other.
///
/// Both may block: the client and its backend wait meanwhile. An interrupt means that the gateway closes, or that the
/// client has taken back the statement that is held: it gets SQLSTATE 57014 whatever the handler says, the server never
/// sees the statement, and [#after] hears of it.
public interface StatementHandler {
    /// Forwards everything, and costs least.
    StatementHandler NONE = new StatementHandler() {
        @Override
        public Verdict before(HeldSession session, SentStatement statement) {
            return Verdict.FORWARD;
        }

        @Override
        public Retry after(HeldSession session, SentStatement statement, Completion completion) {
            return Retry.DONE;
        }
    };

    Verdict before(HeldSession session, SentStatement statement);

    /// After a retry it is called again, with the completion of that try. A statement that the server could not parse,
    /// bind or describe before it was to be executed comes here alone, as failed.
    Retry after(HeldSession session, SentStatement statement, Completion completion);

    /// The server has let the connection in.
    default void opened(ConnectionInfo connection) {}

    /// The connection that was opened is gone.
    default void closed(ConnectionInfo connection) {}
}
