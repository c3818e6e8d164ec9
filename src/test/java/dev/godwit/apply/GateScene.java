package dev.godwit.apply;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Work;
import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A database and a migration of the given SQL, as a gate is asked about them.
final class GateScene implements AutoCloseable {
    private final DatabaseUrl url;
    final Session session;
    private final Limits limits;

    GateScene(String url, Limits limits) {
        this.url = DatabaseUrl.parse(url, Map.of());
        this.session = open("godwit");
        this.limits = limits;
    }

    Session open(String application) {
        return Session.open(url, application);
    }

    Gate ask(LiveGate gate, String sql) {
        return gate.ask(of(sql, Optional.empty()));
    }

    Scene of(String sql, Optional<Evidence> evidence) {
        Script up = new Script(Path.of("up.sql"), new SourceText("migrations/1_test.up.sql", sql));
        SqlForm form = SqlForm.of(new Migration("1", "test", up, Optional.empty(), TransactionMode.AUTO));
        ParsedScript parsed = Scripts.parse(up.text());
        CatalogSnapshot schema = CatalogReader.read(session, Set.of());
        FactContext context =
                new FactContext(schema.version(), up.transactionMode(), Direction.UP, Optional.of(schema), List.of());
        Work work = Work.of(form, Direction.UP, parsed, Facts.of(parsed, context));
        Order order = new Order(form, evidence, Optional.empty(), Optional.empty(), List.of(), Order.Repair.NONE);
        return new Scene(session, () -> open("godwit"), order, work, limits, new Cancellation("godwit apply"));
    }

    @Override
    public void close() {
        session.close();
    }
}
