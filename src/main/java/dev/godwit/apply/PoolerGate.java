package dev.godwit.apply;

import dev.godwit.db.Session;
import java.util.ArrayList;
import java.util.List;

/// A connection is one backend for as long as it lives. Behind a pooler in transaction mode (PgBouncer, Odyssey, pgcat,
/// Supavisor) each transaction may get another: the lock that keeps other runners away and the timeouts of a session
/// are
/// then somebody else's.
///
/// Told by the backends themselves: two connections open transactions in turn, and one of them changes its backend, or
/// both have the same. PgBouncer in statement mode refuses transactions, and so every command of Godwit. No setting and
/// no administration console is asked, so every such pooler is found.
final class PoolerGate implements LiveGate {
    static final String NAME = "pooler";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Gate ask(Scene scene) {
        try (Session other = scene.connections().open()) {
            return keepTheirBackends(scene.session(), other)
                    ? Gate.open(NAME, "a connection keeps its backend")
                    : closed();
        }
    }

    private static Gate closed() {
        return Gate.closed(
                NAME,
                "a pooler in transaction mode is in between: a connection changes its backend, so neither session locks"
                        + " nor timeouts hold",
                "connect to the server itself, or to the pooler in session mode: --production URL");
    }

    /// Whichever way a pooler picks a free backend, the last used or the longest unused, one of these moments shows it.
    private static boolean keepTheirBackends(Session one, Session other) {
        List<Long> ofOne = new ArrayList<>(List.of(backend(one), backend(one), backend(one)));
        List<Long> ofOther = new ArrayList<>();
        for (int turn = 0; turn < 2; turn++) {
            ofOther.add(begun(other));
            try {
                if (ofOne.contains(ofOther.getLast())) {
                    return false;
                }
                ofOne.add(backend(one));
            } finally {
                other.rollback();
            }
            ofOne.add(begun(one));
            try {
                if (ofOther.contains(ofOne.getLast())) {
                    return false;
                }
                ofOther.add(backend(other));
            } finally {
                one.rollback();
            }
        }
        return ofOne.stream().distinct().count() == 1
                && ofOther.stream().distinct().count() == 1;
    }

    private static long begun(Session session) {
        session.begin();
        return backend(session);
    }

    private static long backend(Session session) {
        return session.queryOne("SELECT pg_catalog.pg_backend_pid() AS pid", row -> row.number("pid"))
                .orElseThrow();
    }
}
