package dev.godwit.apply;

import static java.util.Objects.requireNonNull;

import dev.godwit.db.Row;
import dev.godwit.postgres.Identifiers;
import dev.godwit.text.Quantities;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A session, a prepared transaction or a replication slot in the way of a migration.
///
/// @param pid 0 where there is no backend
/// @param name the application's, or that of the prepared transaction or slot
/// @param transaction its virtual transaction, so that the same one is known again
/// @param state as `pg_stat_activity` says, `idle in transaction`
/// @param age of its transaction; empty when the login may not see it
/// @param does in what way it is in the way: `holds ACCESS SHARE on public.orders`
record Obstacle(
        Kind kind,
        int pid,
        String name,
        String transaction,
        String state,
        String query,
        Optional<Duration> age,
        String does) {
    enum Kind {
        CLIENT,
        /// What it is, the login may not see.
        HIDDEN,
        /// Gives way by itself when somebody waits for its lock.
        AUTOVACUUM,
        /// Against wraparound: gives way to nobody.
        URGENT_AUTOVACUUM,
        PREPARED,
        SLOT
    }

    Obstacle {
        requireNonNull(kind);
        requireNonNull(name);
        requireNonNull(transaction);
        requireNonNull(state);
        requireNonNull(query);
        requireNonNull(age);
        requireNonNull(does);
    }

    /// @param row with kind, pid, name, transaction, state, query and age_ms
    static Obstacle of(Row row, String does) {
        return new Obstacle(
                Kind.valueOf(row.text("kind")),
                (int) row.number("pid"),
                Shown.text(orEmpty(row.textOrNull("name"))),
                row.text("transaction"),
                orEmpty(row.textOrNull("state")),
                QueryKind.of(orEmpty(row.textOrNull("query"))),
                Optional.ofNullable(row.textOrNull("age_ms"))
                        .map(Long::parseLong)
                        .map(Duration::ofMillis),
                Shown.text(does));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// Whether it counts when looked at once. What is hidden counts only when it stays.
    boolean counts(Duration limit) {
        return switch (kind) {
            case URGENT_AUTOVACUUM, SLOT -> true;
            case AUTOVACUUM, HIDDEN -> false;
            case CLIENT, PREPARED ->
                age.filter(time -> time.compareTo(limit) >= 0).isPresent();
        };
    }

    boolean isSameTransaction(Obstacle other) {
        return pid == other.pid && transaction.equals(other.transaction);
    }

    /// @return `pid 4711 (psql, idle in transaction, last UPDATE, 12 min) holds ACCESS SHARE on public.orders`
    String sentence() {
        return switch (kind) {
            case CLIENT -> "pid " + pid + " (" + application() + state + doing() + since() + ") " + does;
            case HIDDEN -> "pid " + pid + " (" + application() + "the rest is hidden from this login) " + does;
            case AUTOVACUUM -> "pid " + pid + " (autovacuum" + since() + ") " + does;
            case URGENT_AUTOVACUUM -> "pid " + pid + " (autovacuum against wraparound" + since() + ") " + does;
            case PREPARED -> "prepared transaction \"" + name + "\"" + since() + " " + does;
            case SLOT -> "replication slot " + name + ", which nobody reads, " + does;
        };
    }

    private String application() {
        return name.isEmpty() ? "" : name + ", ";
    }

    private String doing() {
        if (query.isEmpty()) {
            return "";
        }
        return state.equals("active") ? ": " + query : ", last " + query;
    }

    private String since() {
        return age.map(time -> ", " + Quantities.time(time)).orElse("");
    }

    /// @param role that looked
    String remedy(String role) {
        return switch (kind) {
            case CLIENT -> "have pid " + pid + " end its transaction, or: SELECT pg_terminate_backend(" + pid + ")";
            case HIDDEN -> "so that its age can be seen: " + Shown.seeingGrant(role);
            case AUTOVACUUM, URGENT_AUTOVACUUM ->
                "let it end: SELECT * FROM pg_stat_progress_vacuum WHERE pid = " + pid + "; killed, it begins anew";
            case PREPARED ->
                "have its transaction manager end it, or: ROLLBACK PREPARED"
                        + Identifiers.literal(name).replaceFirst("^ ?", " ");
            case SLOT ->
                "connect its reader, or if it will not come back: SELECT pg_drop_replication_slot("
                        + Identifiers.literal(name) + ")";
        };
    }
}
