package dev.godwit.cli.config;

import dev.godwit.apply.Window;
import dev.godwit.execute.MayEnd;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.postgres.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Every key there is. File, environment, flags, `godwit config`, `godwit init` and the reference in the documentation
/// derive from this list.
public final class Keys {
    public static final Key<String> PRODUCTION = Key.optional(
            "production",
            new ValueType.Url(),
            "commands that need it ask for it",
            "the database that migrations are for");

    public static final Key<String> STAGING = Key.optional(
            "staging", new ValueType.Url(), "an embedded PostgreSQL is started", "the database that rehearsals use");

    public static final Key<String> PROFILE = Key.optional(
            "profile",
            new ValueType.Words("a file, relative to this one"),
            "godwit/profile.json where it is there",
            "what check knows of production without a connection");

    public static final Key<String> FRAMEWORK = Key.optional(
            "framework",
            new ValueType.Words("a framework's name, such as plain-sql"),
            "recognised by the project's files",
            "what keeps the migrations");

    public static final Key<String> MIGRATIONS = Key.optional(
            "migrations",
            new ValueType.Words("a directory, relative to this file"),
            "the framework's own",
            "the directory of the migrations");

    public static final Key<QualifiedName> VERSION_TABLE = Key.optional(
            "version_table", new ValueType.Table(), "the framework's own", "the table that records what is applied");

    public static final Key<Long> PG_VERSION = Key.optional(
            "pg_version",
            new ValueType.Whole(PostgresVersion.OLDEST_MAJOR, PostgresVersion.NEWEST_MAJOR),
            "production's, else " + PostgresVersion.NEWEST_MAJOR,
            "the major version of PostgreSQL to check for");

    public static final Key<String> TRANSACTION = Key.of(
            "transaction",
            new ValueType.Choice(List.of("auto", "always", "never")),
            "auto",
            "whether whatever runs the files wraps each in a transaction");

    public static final Key<String> FAIL_ON = Key.of(
            "fail_on",
            new ValueType.Choice(List.of("error", "warning", "never")),
            "error",
            "the mildest finding that makes a check fail");

    public static final Key<Duration> STALL_BUDGET = Key.of(
            "stall_budget", new ValueType.Time(), "500ms", "the longest that a query of the traffic may be held up");

    public static final Key<Window> WINDOW = Key.optional(
            "apply.window", new ValueType.Hours(), "at any time", "the times of day at which apply changes production");

    public static final Key<String> APPROVALS = Key.of(
            "apply.approvals",
            new ValueType.Choice(List.of("high", "always", "never")),
            "high",
            "at which risk a second person must approve");

    public static final Key<Duration> EVIDENCE_AGE =
            Key.of("apply.evidence_age", new ValueType.Time(), "7d", "how long a rehearsal counts");

    public static final Key<Duration> BLOCKER_AGE = Key.of(
            "apply.blocker_age",
            new ValueType.Time(),
            "5m",
            "how old a transaction may be that is in the way of what apply needs");

    public static final Key<MayEnd> CANCEL_BLOCKERS = Key.optional(
            "apply.cancel_blockers",
            new ValueType.Sessions(),
            "nobody",
            "whose work --cancel-blockers may end when it holds what apply needs");

    public static final Key<String> REPLICAS = Key.of(
            "apply.replicas",
            new ValueType.Words("any, none, or the standbys' application names with commas in between"),
            "any",
            "the standbys that must stream before apply begins");

    public static final Key<Duration> REPLICA_LAG = Key.of(
            "apply.replica_lag",
            new ValueType.Time(),
            "10s",
            "the time in which a standby must have replayed what was written");

    public static final Key<Long> DISK_FREE = Key.optional(
            "apply.disk_free",
            new ValueType.Size(),
            "looked up where the server's directory is on this machine and may be read",
            "how much is free where the server writes");

    public static final Key<String> DISK_UNKNOWN = Key.of(
            "apply.disk_unknown",
            new ValueType.Choice(List.of("warn", "refuse")),
            "warn",
            "what apply does when it does not know how much is free");

    public static final Key<Duration> WATCH =
            Key.of("watch", new ValueType.Time(), "5m", "how long production is watched after a migration");

    public static final Key<Duration> BASELINE =
            Key.of("baseline", new ValueType.Time(), "1m", "how long production is watched before it, to compare with");

    public static final Key<Long> TRAFFIC_RATE = Key.of(
            "traffic_rate", new ValueType.Whole(1, 100_000), "200", "queries a second that a rehearsal runs meanwhile");

    public static final Key<String> TRAFFIC = Key.of(
            "traffic",
            new ValueType.Words("catalog, none or a file of queries"),
            "catalog",
            "whose queries a rehearsal runs meanwhile");

    public static final Key<Long> RUNS =
            Key.of("runs", new ValueType.Whole(1, 100), "1", "how often a rehearsal runs up and down under traffic");

    public static final Key<Duration> WARN_AFTER = Key.of(
            "warn_after", new ValueType.Time(), "5s", "a migration that takes longer on staging is at medium risk");

    public static final Key<Long> CONCURRENT_INDEX_ROWS = Key.of(
            "concurrent_index_rows",
            new ValueType.Whole(0, Long.MAX_VALUE),
            "1000000",
            "on tables with more rows, a check finds an index that is not built CONCURRENTLY an error");

    public static final Key<Long> BACKFILL_ROWS = Key.of(
            "backfill_rows",
            new ValueType.Whole(0, Long.MAX_VALUE),
            "100000",
            "on tables with at most so many rows, a check lets a statement over every row through");

    public static final List<Key<?>> ALL = List.of(
            PRODUCTION,
            STAGING,
            PROFILE,
            FRAMEWORK,
            MIGRATIONS,
            VERSION_TABLE,
            PG_VERSION,
            TRANSACTION,
            FAIL_ON,
            STALL_BUDGET,
            WINDOW,
            APPROVALS,
            EVIDENCE_AGE,
            BLOCKER_AGE,
            CANCEL_BLOCKERS,
            REPLICAS,
            REPLICA_LAG,
            DISK_FREE,
            DISK_UNKNOWN,
            WATCH,
            BASELINE,
            TRAFFIC,
            TRAFFIC_RATE,
            RUNS,
            WARN_AFTER,
            CONCURRENT_INDEX_ROWS,
            BACKFILL_ROWS);

    /// A rule's ID and how severe its findings are.
    public static final OpenTable RULES = new OpenTable(
            "rules",
            "--rule",
            "the severity of this rule's findings",
            "rule: RULE-ID = \"warning\"",
            new ValueType.Choice(List.of("off", "info", "warning", "error")));

    /// A signal's name and the limit over which it makes a backfill rest.
    public static final OpenTable THROTTLE = new OpenTable(
            "throttle",
            "--throttle",
            "over which limit a backfill rests",
            "signal: SIGNAL = \"LIMIT\"",
            new ValueType.Words("a limit of this signal, or off"));

    static final List<OpenTable> OPEN = List.of(RULES, THROTTLE);

    /// @param path such as `rules.add-column`
    static Optional<OpenTable> openTable(String path) {
        return OPEN.stream().filter(table -> table.holds(path)).findFirst();
    }

    private Keys() {}

    static List<String> names() {
        return ALL.stream().map(Key::name).toList();
    }

    static Optional<Key<?>> named(String name) {
        return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /// @return is it the table of some key, as `apply` is of `apply.window`?
    static boolean isTable(String path) {
        return ALL.stream().anyMatch(key -> key.name().startsWith(path + "."));
    }

    /// @return the reference as a Markdown table, for the documentation
    public static String reference() {
        return "| Key | Environment | Flag | Default | Meaning |\n|---|---|---|---|---|\n"
                + ALL.stream().map(Keys::row).collect(Collectors.joining());
    }

    private static String row(Key<?> key) {
        return "| `%s` | `%s` | `%s` | %s | %s: %s |\n"
                .formatted(
                        key.name(),
                        key.variable(),
                        key.flag(),
                        key.standard().map(value -> "`" + value + "`").orElse(key.without()),
                        key.meaning(),
                        key.type().expected());
    }
}
