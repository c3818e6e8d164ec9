package dev.godwit.gateway;

import dev.godwit.gateway.wire.Fields;
import dev.godwit.gateway.wire.Frames;
import dev.godwit.gateway.wire.MalformedMessage;
import dev.godwit.gateway.wire.MessageWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a server that is reached by TLS offers a client in clear: a login bound to the channel, which the two do not
/// share. libpq ends over such an offer ("over a non-SSL connection"), so it is left out.
///
/// Source: PostgreSQL manual, sections 54.3.1 and 54.7 (AuthenticationSASL).
final class SaslOffer {
    private static final int SASL = 10;
    private static final String BOUND = "-PLUS";

    private SaslOffer() {}

    /// Hands the current message of type `R` on to a client in clear.
    static void pass(Frames frames) throws IOException {
        frames.gather();
        Optional<byte[]> instead = inClear(frames.body());
        if (instead.isEmpty()) {
            frames.pass();
        } else {
            frames.drop();
            frames.insert(instead.get());
        }
    }

    /// @param authentication the body of a message of type `R`
    /// @return the message to send in its place; empty where it can stay as it is
    private static Optional<byte[]> inClear(Fields authentication) throws MalformedMessage {
        if (authentication.int32() != SASL) {
            return Optional.empty();
        }
        List<String> offered = new ArrayList<>();
        for (String name = authentication.text(); !name.isEmpty(); name = authentication.text()) {
            offered.add(name);
        }
        List<String> rest =
                offered.stream().filter(name -> !name.endsWith(BOUND)).toList();
        return rest.isEmpty() || rest.size() == offered.size() ? Optional.empty() : Optional.of(message(rest));
    }

    private static byte[] message(List<String> names) {
        MessageWriter writer = new MessageWriter().begin('R').int32(SASL);
        names.forEach(writer::text);
        return writer.int8(0).end().toBytes();
    }
}
