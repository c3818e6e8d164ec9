package dev.godwit.gateway;

import java.time.Duration;
import java.util.Optional;

/// How a statement ended.
///
/// @param tag the server's last command tag, such as `ALTER TABLE`; empty on an error, for an empty query, and for a
///     portal that has more rows
/// @param rows the sum of what the tags say
/// @param took from when it was handed on to when the server had answered it
/// @param after empty of doubt only outside a pipeline: within one it is what held before
public record Completion(String tag, long rows, Duration took, Optional<ServerMessage> error, TransactionStatus after) {
    public boolean failed() {
        return error.isPresent();
    }
}
