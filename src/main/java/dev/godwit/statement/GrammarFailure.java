package dev.godwit.statement;

/// The parser itself went wrong (not the SQL): its instance cannot be used again.
final class GrammarFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GrammarFailure(String message) {
        super(message);
    }

    GrammarFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /// @return what happened, the underlying trap included
    String reason() {
        Throwable cause = getCause();
        return cause == null ? String.valueOf(getMessage()) : getMessage() + ": " + cause.getMessage();
    }
}
