package dev.godwit.rehearse;

import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Queries;
import dev.godwit.execute.StatementObserver;
import dev.godwit.fact.TransactionScope;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.statement.ParsedStatement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Measures every statement of one run from the statement's own session, see [Measurement]. A framework may run them on
/// several sessions, each on its own thread; one measurement is one thread's at a time.
final class StatementProbe implements StatementObserver {
    private final DatabaseUrl url;
    private final Set<QualifiedName> existing;
    private final Map<ParsedStatement, Measurement> all = Collections.synchronizedMap(new LinkedHashMap<>());

    /// @param existing relations that were there before the migration; nobody waits for a lock on others
    StatementProbe(DatabaseUrl url, Set<QualifiedName> existing) {
        this.url = url;
        this.existing = Set.copyOf(existing);
    }

    /// A statement that comes again is a transaction tried again, and measured anew; or the next batch of a backfill,
    /// and goes on.
    @Override
    public void before(Queries session, ParsedStatement statement) {
        Measurement earlier = all.get(statement);
        if (earlier != null && TransactionScope.isBackfill(statement)) {
            earlier.goOn();
            return;
        }
        all.put(statement, Measurement.begin(session, url));
    }

    @Override
    public void after(Queries session, ParsedStatement statement) {
        Measurement measurement = all.get(statement);
        if (measurement != null) {
            measurement.finish(session);
        }
    }

    /// @return in the order in which they ran
    List<StatementSample> samples() {
        return new LinkedHashMap<>(all)
                .entrySet().stream()
                        .map(entry -> entry.getValue().sample(entry.getKey(), existing))
                        .toList();
    }
}
