package dev.godwit.cli;

import dev.godwit.db.BackendLocks;
import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.gateway.ConnectionInfo;
import dev.godwit.gateway.Gateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Looks at the locks of the gateway's backends from a session of its own, until it is stopped. A login that the URL
/// does not have costs the locks, and nothing else.
record ProxyWatch(DatabaseUrl url, Gateway gateway, ProxyView view, Terminal terminal) {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration LOOK = Duration.ofMillis(500);

    /// @return the exit code
    int untilStopped(ProxyStop stop) {
        if (!terminal.interactive()) {
            stop.within(FOR_EVER);
            return ExitCode.STOPPED;
        }
        try (Session session = Session.open(url, "godwit proxy")) {
            while (!stop.within(LOOK)) {
                List<ConnectionInfo> connections = gateway.connections();
                view.draw(connections, BackendLocks.of(session, pids(connections)));
            }
        } catch (DatabaseException e) {
            terminal.note("locks and waits are not shown: " + Visible.of(e.serverMessage()));
            while (!stop.within(LOOK)) {
                view.draw(gateway.connections(), Map.of());
            }
        }
        view.end();
        return ExitCode.STOPPED;
    }

    private static List<Integer> pids(List<ConnectionInfo> connections) {
        return connections.stream().map(ConnectionInfo::backendPid).toList();
    }
}
