package dev.godwit.gateway;

import static java.util.Objects.requireNonNull;

/// What becomes of a statement that has not reached the server yet.
public sealed interface Verdict {
    Verdict FORWARD = new Forward();

    /// The client has taken the statement back while it was held; said as the server says it.
    Refuse TAKEN_BACK = new Refuse("57014", "canceling statement due to user request");

    record Forward() implements Verdict {}

    /// The client gets an error in place of an answer, and the server never sees the statement. As with any error, a
    /// transaction around it has failed.
    record Refuse(String sqlState, String message) implements Verdict {
        public Refuse {
            requireNonNull(sqlState);
            requireNonNull(message);
        }
    }

    static Verdict refuse(String sqlState, String message) {
        return new Refuse(sqlState, message);
    }
}
