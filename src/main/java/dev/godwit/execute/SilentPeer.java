package dev.godwit.execute;

import dev.godwit.db.Session;

/// The server's end of a session: it notices within a minute that nobody is at the other end any more. By default it
/// would be two hours, and so long a dead Godwit would keep its locks, the one that keeps other runners away too.
///
/// Source: PostgreSQL manual, section 19.3.2, "TCP Settings"; on a Unix socket they are read as zero and do nothing.
final class SilentPeer {
    private SilentPeer() {}

    static void isNoticed(Session session) {
        session.execute("SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3");
    }
}
