package dev.godwit.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happened to one migration in production, as the ledger tells it.
public record Journal(
        String migration,
        Optional<Applied> applied,
        Optional<Verified> verified,
        Optional<Watched> watched,
        Optional<RolledBack> rolledBack) {

    public static Journal empty(String migration) {
        return new Journal(migration, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// A fact of the journal; the ledger keeps each as one event with its time.
    public sealed interface Entry permits Applied, Verified, Watched, RolledBack {}

    /// @param role the database role that applied it
    public record Applied(String digest, Instant startedAt, Instant finishedAt, String role) implements Entry {}

    /// @param clean the version table names the migration, no index is invalid, the schema is the rehearsed one
    public record Verified(boolean clean, List<String> remarks) implements Entry {
        public Verified {
            remarks = List.copyOf(remarks);
        }
    }

    public record Watched(Verdict verdict, long watchedSeconds, long requiredSeconds, List<String> reasons)
            implements Entry {
        public Watched {
            reasons = List.copyOf(reasons);
        }
    }

    public record RolledBack(Instant finishedAt, String role) implements Entry {}

    /// @return this journal with a later entry of the same kind replacing the earlier one
    public Journal with(Entry entry) {
        return switch (entry) {
            case Applied a ->
                new Journal(migration, Optional.of(a), Optional.empty(), Optional.empty(), Optional.empty());
            case Verified v -> new Journal(migration, applied, Optional.of(v), watched, rolledBack);
            case Watched w -> new Journal(migration, applied, verified, Optional.of(w), rolledBack);
            case RolledBack r -> new Journal(migration, applied, verified, watched, Optional.of(r));
        };
    }
}
