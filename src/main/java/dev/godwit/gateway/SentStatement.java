package dev.godwit.gateway;

/// One statement as the client sent it: the text of a simple Query, which may be several statements, or the text that
/// was parsed before and is now executed. COMMIT may come that second way, without a text of its own.
///
/// @param connection its number in this gateway, from 1
/// @param sequence its number in this connection, from 1
/// @param before what the server's last ReadyForQuery said
public record SentStatement(
        long connection, int backendPid, long sequence, String sql, boolean simple, TransactionStatus before) {}
