package dev.godwit.gateway;

/// Where a session stands, as the server's last ReadyForQuery says; never guessed from text.
public enum TransactionStatus {
    IDLE('I'),
    IN_TRANSACTION('T'),
    FAILED('E');

    private final char letter;

    TransactionStatus(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }

    static TransactionStatus of(char letter) {
        return switch (letter) {
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default -> IDLE;
        };
    }
}
