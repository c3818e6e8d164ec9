package dev.godwit.cli;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.gateway.ClientTls;
import dev.godwit.gateway.Gateway;
import dev.godwit.problem.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where to listen: `host:port`, `[address]:port`, `:port` or a port alone, which mean loopback.
record ListenAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:(?:\\[(?<v6>[^]]+)]|(?<host>[^:\\[\\]]*)):)?(?<port>[0-9]{1,5})");

    static ListenAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > 65_535) {
            throw Problem.usage("no address to listen on")
                    .at(text)
                    .remedy("write --listen 127.0.0.1:6543, or port 0 for any that is free")
                    .raise();
        }
        String host = matcher.group("v6") == null ? matcher.group("host") : matcher.group("v6");
        return new ListenAddress(
                host == null || host.isEmpty() ? "127.0.0.1" : host, Integer.parseInt(matcher.group("port")));
    }

    Gateway.Options options(DatabaseUrl upstream, Optional<ClientTls> tls) {
        return new Gateway.Options(upstream, host, port, tls);
    }
}
