package dev.godwit.execute;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.framework.PlainSql;
import dev.godwit.staging.TestClusters;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A fresh database with a session for looking at it, and everything that a run needs.
final class TestDatabase implements AutoCloseable {
    /// With its password.
    final String secretUrl;

    final DatabaseUrl url;
    final Session session;
    final Cancellation cancellation = new Cancellation("godwit apply");
    final List<RunEvent> events = new CopyOnWriteArrayList<>();

    TestDatabase(int major) {
        this(TestClusters.freshDatabase(major));
    }

    TestDatabase(String url) {
        this.secretUrl = url;
        this.url = DatabaseUrl.parse(url, Map.of());
        this.session = open("look");
    }

    Session open(String application) {
        return Session.open(url, application);
    }

    static VersionBook versions() {
        return new VersionBook(QualifiedName.inPublic("schema_migrations"), new PlainSql());
    }

    RunContext context() {
        return RunContext.of(() -> open("godwit test"), new Ledger("test host"), versions(), cancellation)
                .with((RunListener) events::add);
    }

    void run(Work work) {
        new StepRunner(context()).run(work);
    }

    long number(String sql) {
        return session.queryOne("SELECT (" + sql + ")::bigint AS n", row -> row.number("n"))
                .orElseThrow();
    }

    boolean flag(String sql) {
        return session.queryOne("SELECT (" + sql + ") AS f", row -> row.flag("f"))
                .orElseThrow();
    }

    List<String> texts(String sql) {
        return session.query("SELECT (q.x)::text AS t FROM (" + sql + ") AS q (x)", row -> row.text("t"));
    }

    <T extends RunEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        session.close();
    }
}
