package dev.godwit.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.db.DatabaseException;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Queries;
import dev.godwit.db.Session;
import dev.godwit.execute.Cancellation;
import dev.godwit.execute.Ledger;
import dev.godwit.execute.RunContext;
import dev.godwit.execute.RunEvent;
import dev.godwit.execute.StatementObserver;
import dev.godwit.execute.VersionBook;
import dev.godwit.execute.Work;
import dev.godwit.fact.FactContext;
import dev.godwit.fact.Facts;
import dev.godwit.gateway.Gateway;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.postgres.SqlState;
import dev.godwit.source.Direction;
import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.source.SqlForm;
import dev.godwit.source.TransactionMode;
import dev.godwit.source.VersionTable;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.ParsedScript;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Two connections of one gateway run under the same guard, as Rails has one for its advisory lock and Flyway one for
/// its history.
class GuardTest {
    private static final String ORDERS = "ALTER TABLE orders ADD region text";
    private static final String ITEMS = "ALTER TABLE items ADD region text";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String server = TestClusters.freshDatabase(18);
    private final DatabaseUrl url = DatabaseUrl.parse(server, Map.of());
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    private Session direct() {
        return Session.open(url, "test");
    }

    private Session through(Gateway gateway) {
        URI uri = URI.create(server);
        String there = "postgresql://" + uri.getRawUserInfo() + "@" + gateway.host() + ":" + gateway.port();
        return Session.open(DatabaseUrl.parse(there + uri.getRawPath(), Map.of()), "framework");
    }

    private RunContext context(StatementObserver observer) {
        VersionBook book = VersionBook.keptByFramework(
                VersionTable.of(QualifiedName.inPublic("done"), "version"), List.of(QualifiedName.inPublic("done")));
        return RunContext.of(this::direct, new Ledger("test"), book, new Cancellation("godwit apply"))
                .with(observer)
                .with(events::add);
    }

    private static Work work() {
        return work(ORDERS + ";\n" + ITEMS);
    }

    private static Work work(String sql) {
        Script script = new Script(Path.of("1.up.sql"), new SourceText("1.up.sql", sql + ";\n"));
        Migration migration = new Migration("1", "test", script, Optional.empty(), TransactionMode.NEVER);
        ParsedScript parsed = Scripts.parse(script.text());
        FactContext facts = FactContext.plain(PostgresVersion.ofMajor(18), TransactionMode.NEVER);
        return Work.of(SqlForm.of(migration), Direction.UP, parsed, Facts.of(parsed, facts));
    }

    /// Holds ACCESS SHARE until it commits.
    private static Session reader(DatabaseUrl url, String table) {
        Session session = Session.open(url, "reader");
        session.begin();
        session.execute("SELECT FROM " + table);
        return session;
    }

    private static CompletableFuture<Void> async(Session session, String sql) {
        return CompletableFuture.runAsync(() -> session.execute(sql), Thread::startVirtualThread);
    }

    private static void join(CompletableFuture<Void> one)
            throws ExecutionException, InterruptedException, TimeoutException {
        one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static void until(Object what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s", what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    private void until(Class<? extends RunEvent> event) {
        until(event, () -> events.stream().anyMatch(event::isInstance));
    }

    private void untilBothWait() {
        until(
                "both wait",
                () -> events.stream()
                                .filter(RunEvent.WaitingForQuiet.class::isInstance)
                                .map(event -> ((RunEvent.WaitingForQuiet) event).step())
                                .distinct()
                                .count()
                        == 2);
    }

    private static long others(Session session) {
        return session.query(
                        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
                        row -> row.number("n"))
                .getFirst();
    }

    private void tables() {
        try (Session session = direct()) {
            session.execute("CREATE TABLE orders (id int); CREATE TABLE items (id int); CREATE TABLE history (id int)");
        }
    }

    private Gateway gateway(Guard guard) {
        return Gateway.start(Gateway.Options.loopback(url), guard);
    }

    @Test
    void aWaitForAQuietMomentHoldsUpNoOtherConnection() throws Exception {
        tables();
        try (Session look = direct();
                Guard guard = new Guard(context(StatementObserver.NONE), work(), look);
                Gateway gateway = gateway(guard);
                Session first = through(gateway);
                Session second = through(gateway);
                Session reader = reader(url, "orders")) {
            CompletableFuture<Void> waiting = async(first, ORDERS);
            until(RunEvent.WaitingForQuiet.class);
            join(async(second, "INSERT INTO history VALUES (1)"));
            assertThat(waiting).isNotDone();
            reader.commit();
            join(waiting);
        }
    }

    /// The reader comes between the quiet moment and the statement, which therefore misses its lock.
    @Test
    void aStatementThatIsTriedAgainHoldsUpNoOtherConnection() throws Exception {
        tables();
        try (Session reader = direct();
                Session look = direct();
                Guard guard = new Guard(context(new Reading(reader)), work(), look);
                Gateway gateway = gateway(guard);
                Session first = through(gateway);
                Session second = through(gateway)) {
            CompletableFuture<Void> waiting = async(first, ORDERS);
            until(RunEvent.LockMissed.class);
            until(RunEvent.WaitingForQuiet.class);
            join(async(second, "INSERT INTO history VALUES (1)"));
            assertThat(waiting).isNotDone();
            reader.commit();
            join(waiting);
        }
    }

    private record Reading(Session reader, AtomicInteger times) implements StatementObserver {
        Reading(Session reader) {
            this(reader, new AtomicInteger());
        }

        @Override
        public void before(Queries session, ParsedStatement statement) {
            if (times.getAndIncrement() == 0) {
                reader.begin();
                reader.execute("SELECT FROM orders");
            }
        }

        @Override
        public void after(Queries session, ParsedStatement statement) {}
    }

    @Test
    void twoWaitsEndEachWhenItsOwnTableIsQuiet() throws Exception {
        tables();
        try (Session look = direct();
                Guard guard = new Guard(context(StatementObserver.NONE), work(), look);
                Gateway gateway = gateway(guard);
                Session first = through(gateway);
                Session second = through(gateway);
                Session ofOrders = reader(url, "orders");
                Session ofItems = reader(url, "items")) {
            CompletableFuture<Void> orders = async(first, ORDERS);
            until(RunEvent.WaitingForQuiet.class);
            CompletableFuture<Void> items = async(second, ITEMS);
            untilBothWait();
            ofItems.commit();
            join(items);
            assertThat(orders).isNotDone();
            ofOrders.commit();
            join(orders);
        }
        try (Session session = direct()) {
            until("no session to look with is left", () -> others(session) == 0);
        }
    }

    private static boolean isOld(Session look) {
        return look.query(
                        "SELECT count(*) > 0 AS old FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND clock_timestamp() - xact_start > '200ms' AND application_name = 'reader'",
                        row -> row.flag("old"))
                .getFirst();
    }

    private static String lockTimeout(Session session) {
        return session.query("SHOW lock_timeout", row -> row.text("lock_timeout"))
                .getFirst();
    }

    private static void fails(CompletableFuture<Void> one, String sqlState) {
        assertThatThrownBy(() -> join(one))
                .cause()
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.sqlState()).isEqualTo(sqlState));
    }

    /// By libpq's cancel request, while the guard stays away from the table and has not begun the next try.
    @Test
    void aStatementThatItsClientCancelsIsTriedNoMoreAndTheRunIsNotStopped() throws Exception {
        tables();
        try (Session reader = direct();
                Session look = direct();
                Guard guard = new Guard(context(new Reading(reader)), work(), look);
                Gateway gateway = gateway(guard);
                Session first = through(gateway)) {
            first.execute("SET lock_timeout = '7s'");
            CompletableFuture<Void> waiting = async(first, ORDERS);
            until(RunEvent.LockMissed.class);
            until(RunEvent.WaitingForQuiet.class);
            first.cancel();
            fails(waiting, SqlState.QUERY_CANCELED);
            reader.commit();
            assertThat(lockTimeout(first)).isEqualTo("7s");
            assertThat(guard.runAgain()).as("the framework's own failure").isFalse();
            assertThat(guard.lastSqlState()).contains(SqlState.QUERY_CANCELED);
            join(async(first, ORDERS));
        }
        try (Session session = direct()) {
            until("no session to look with is left", () -> others(session) == 0);
        }
    }

    @Test
    void aStatementThatItsClientCancelsBeforeItsFirstTryDoesNotStopTheRun() throws Exception {
        tables();
        try (Session look = direct();
                Guard guard = new Guard(context(StatementObserver.NONE), work(), look);
                Gateway gateway = gateway(guard);
                Session first = through(gateway);
                Session reader = reader(url, "orders")) {
            until("the reader is old", () -> isOld(look));
            CompletableFuture<Void> waiting = async(first, ORDERS);
            until(RunEvent.WaitingForQuiet.class);
            first.cancel();
            fails(waiting, SqlState.QUERY_CANCELED);
            assertThat(events).noneMatch(RunEvent.LockMissed.class::isInstance);
            assertThat(guard.runAgain()).isFalse();
            reader.commit();
            join(async(first, ORDERS));
        }
    }

    /// The next is one of the script as well: nothing of the framework's own comes between.
    @Test
    void theFrameworkFindsItsLockTimeoutAsItWasAfterAStatementThatFailed() throws Exception {
        tables();
        try (Session look = direct();
                Guard guard = new Guard(context(StatementObserver.NONE), work(), look);
                Gateway gateway = gateway(guard);
                Session first = through(gateway)) {
            look.execute("ALTER TABLE orders ADD region int");
            first.execute("SET lock_timeout = '7s'");
            fails(async(first, ORDERS), "42701");
            join(async(first, ITEMS));
            assertThat(lockTimeout(first)).isEqualTo("7s");
        }
    }

    @Test
    void theFrameworkFindsItsLockTimeoutAsItWasAfterAnIndexThatWasBuiltConcurrently() throws Exception {
        tables();
        String index = "CREATE UNIQUE INDEX CONCURRENTLY orders_id ON orders (id)";
        try (Session look = direct();
                Guard guard = new Guard(context(StatementObserver.NONE), work(index), look);
                Gateway gateway = gateway(guard);
                Session first = through(gateway)) {
            first.execute("SET lock_timeout = '7s'; INSERT INTO orders VALUES (1), (1)");
            fails(async(first, index), "23505");
            assertThat(lockTimeout(first)).isEqualTo("7s");
            look.execute("TRUNCATE orders");
            join(async(first, index));
            assertThat(events).hasAtLeastOneElementOfType(RunEvent.LeftoverDropped.class);
            assertThat(lockTimeout(first)).isEqualTo("7s");
        }
    }

    @Test
    void whatTheFrameworkItselfSetsInItsTransactionStays() throws Exception {
        tables();
        try (Session look = direct();
                Guard guard =
                        new Guard(context(StatementObserver.NONE), work("BEGIN;\n" + ORDERS + ";\nCOMMIT"), look);
                Gateway gateway = gateway(guard);
                Session first = through(gateway)) {
            first.begin();
            join(async(first, ORDERS));
            assertThat(lockTimeout(first)).isEqualTo("5ms");
            first.execute("SET lock_timeout = '3s'");
            first.commit();
            assertThat(lockTimeout(first)).isEqualTo("3s");
        }
    }
}
