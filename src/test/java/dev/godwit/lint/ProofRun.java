package dev.godwit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Filenodes;
import dev.godwit.db.LocksHeld;
import dev.godwit.db.Session;
import dev.godwit.fact.Refusals;
import dev.godwit.fact.TransactionScope;
import dev.godwit.plan.Step;
import dev.godwit.plan.Steps;
import dev.godwit.postgres.LockMode;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Runs a script statement by statement on a real server and writes down what the server shows.
final class ProofRun implements AutoCloseable {
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DatabaseUrl url;
    private final Session session;
    private final QualifiedName relation;
    private final List<Observation> seen = new ArrayList<>();
    private Runnable afterEach = () -> {};
    private Optional<String> meanwhile = Optional.empty();
    private boolean blocked;

    /// @param relation whose rows are counted
    ProofRun(DatabaseUrl url, QualifiedName relation) {
        this.url = url;
        this.session = Session.open(url, "proof");
        this.relation = relation;
    }

    Session session() {
        return session;
    }

    long rows() {
        return session.queryOne("SELECT count(*) AS n FROM " + relation.sql(), row -> row.number("n"))
                .orElseThrow();
    }

    /// @param look what to do after each statement of the script
    void afterEach(Runnable look) {
        this.afterEach = look;
    }

    /// @param sql for another session to try while a statement has its locks
    void meanwhile(String sql) {
        this.meanwhile = Optional.of(sql);
    }

    /// @return did the other session have to wait?
    boolean blocked() {
        return blocked;
    }

    private void tryMeanwhile() {
        meanwhile.ifPresent(sql -> {
            try (Session other = Session.open(url, "other")) {
                other.execute("SET lock_timeout = '200ms'");
                other.execute(sql);
            } catch (DatabaseException e) {
                if (!e.sqlState().equals(LOCK_NOT_AVAILABLE)) {
                    throw e;
                }
                blocked = true;
            }
        });
    }

    /// @return how many rows of the table that reads; it is rolled back
    long rowsReadBy(String sql) {
        session.begin();
        long before = counter("returned");
        session.execute(sql);
        long read = counter("returned") - before;
        session.rollback();
        return read;
    }

    /// @return the only value of a query, as text
    static String value(Session session, String query) {
        return session.queryOne("SELECT (" + query + ")::text AS value", row -> row.text("value"))
                .orElseThrow();
    }

    List<Observation> run(ParsedScript script, TransactionMode mode) {
        if (!script.problems().isEmpty()) {
            session.execute(script.source().content());
            return seen;
        }
        boolean wrapped = TransactionScope.wraps(script, mode);
        if (wrapped) {
            session.begin();
        }
        for (ParsedStatement statement : script.statements()) {
            if (TransactionScope.isBackfill(statement)) {
                backfill(script, mode);
            } else {
                run(statement);
            }
            afterEach.run();
        }
        if (wrapped) {
            session.commit();
        }
        return seen;
    }

    private void run(ParsedStatement statement) {
        if (statement.statement() instanceof Statement.TransactionControl || session.inTransaction()) {
            observe(statement.sql());
        } else if (Refusals.inTransaction(statement.statement())) {
            runBehindAWriter(statement);
        } else {
            session.begin();
            observe(statement.sql());
            session.commit();
        }
    }

    private void observe(String sql) {
        long read = counter("returned");
        long changed = counter("updated") + counter("deleted");
        Filenodes files = Filenodes.of(session);
        session.execute(sql);
        tryMeanwhile();
        if (session.inTransaction()) {
            seen.add(new Observation(
                    sql,
                    strongest(LocksHeld.of(session).modes()),
                    counter("returned") - read,
                    counter("updated") + counter("deleted") - changed,
                    Filenodes.of(session).rewrittenSince(files)));
        }
    }

    /// Counts within this transaction; a table that is gone counts nothing.
    private long counter(String what) {
        return session.queryOne(
                        "SELECT coalesce(sum(pg_stat_get_xact_tuples_" + what + "(c.oid)), 0)::bigint AS n"
                                + " FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace"
                                + " WHERE s.nspname = ? AND c.relname = ?",
                        row -> row.number("n"),
                        relation.schema(),
                        relation.name())
                .orElseThrow();
    }

    /// CONCURRENTLY waits for writers that began before it, and holds its lock meanwhile: so a writer that waits for us
    /// makes it hold still.
    private void runBehindAWriter(ParsedStatement statement) {
        String sql = statement.sql();
        Filenodes files = Filenodes.of(session);
        try (Session writer = Session.open(url, "writer");
                Session observer = Session.open(url, "observer")) {
            writer.execute("BEGIN; LOCK TABLE " + relation.sql() + " IN ROW EXCLUSIVE MODE");
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> session.execute(sql));
            boolean waited = awaitWait(observer, running, statement);
            Map<QualifiedName, LockMode> locks = waited ? strongest(locksOf(observer)) : Map.of();
            tryMeanwhile();
            writer.rollback();
            join(running);
            seen.add(new Observation(sql, locks, 0, 0, Filenodes.of(session).rewrittenSince(files)));
        }
    }

    private static void join(CompletableFuture<Void> running) {
        try {
            running.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// IF NOT EXISTS finds one, or IF EXISTS none; and there is what waits for no writer.
    private static boolean mayNotWait(Statement statement) {
        return switch (statement) {
            case Statement.CreateIndex index -> index.ifNotExists();
            case Statement.DropObjects drop -> drop.missingOk();
            case Statement.Maintenance _, Statement.ServerCommand _ -> true;
            default -> false;
        };
    }

    /// @return does it wait? Nothing but a statement that has no reason to may end at once
    private boolean awaitWait(Session observer, CompletableFuture<Void> running, ParsedStatement statement) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!waits(observer)) {
            if (running.isDone()) {
                join(running);
                assertThat(mayNotWait(statement.statement()))
                        .as(statement.sql() + " waits for the writer")
                        .isTrue();
                return false;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("the statement neither waited nor ended within " + PATIENCE);
            }
        }
        return true;
    }

    private boolean waits(Session observer) {
        return observer.queryOne(
                        "SELECT count(*) AS n FROM pg_locks WHERE pid = ? AND NOT granted",
                        row -> row.number("n"),
                        session.backendPid())
                .filter(waiting -> waiting > 0)
                .isPresent();
    }

    /// The lock that it waits for counts as if it had it: those behind it wait for it already.
    private Map<QualifiedName, Set<LockMode>> locksOf(Session observer) {
        Map<QualifiedName, Set<LockMode>> held = new TreeMap<>();
        observer.query(
                "SELECT n.nspname::text AS schema, c.relname::text AS name, l.mode AS mode FROM pg_locks l"
                        + " JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE l.pid = ? AND n.nspname = 'public'",
                row -> held.computeIfAbsent(
                                new QualifiedName(row.text("schema"), row.text("name")),
                                _ -> EnumSet.noneOf(LockMode.class))
                        .add(LockMode.fromPgLocks(row.text("mode"))),
                session.backendPid());
        return held;
    }

    private static Map<QualifiedName, LockMode> strongest(Map<QualifiedName, Set<LockMode>> held) {
        Map<QualifiedName, LockMode> strongest = new TreeMap<>();
        held.forEach((name, modes) -> strongest.put(
                name, modes.stream().max(Comparator.naturalOrder()).orElseThrow()));
        return strongest;
    }

    /// The batches as the runner makes them, by ranges of the key `id`.
    private void backfill(ParsedScript script, TransactionMode mode) {
        Step.Backfill step = Steps.of(script, mode).stream()
                .filter(Step.Backfill.class::isInstance)
                .map(Step.Backfill.class::cast)
                .findFirst()
                .orElseThrow();
        long last = session.queryOne("SELECT max(id) AS n FROM " + relation.sql(), row -> row.number("n"))
                .orElseThrow();
        for (long from = 0; from < last; from += step.spec().batchRows()) {
            long to = from + step.spec().batchRows();
            session.begin();
            observe(step.statement().sql() + " AND id > " + from + " AND id <= " + to);
            session.commit();
        }
    }

    /// @return the rows of all tables together
    static long rowsOfAllTables(Session session) {
        List<String> tables = session.query(
                "SELECT quote_ident(relname) AS name FROM pg_class WHERE relkind = 'r'"
                        + " AND relnamespace = 'public'::regnamespace",
                row -> row.text("name"));
        return tables.stream()
                .map(table -> session.queryOne("SELECT count(*) AS n FROM " + table, row -> row.number("n")))
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() {
        session.close();
    }
}
