package dev.godwit.fact;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.Direction;
import dev.godwit.source.TransactionMode;
import dev.godwit.statement.ParsedScript;
import java.util.List;
import java.util.Optional;

/// What is known around a script.
///
/// @param catalog the schema before the release, when a profile or a connection has it
/// @param earlier for an up, the scripts of the release that run before it; for a down, the ups that it undoes
public record FactContext(
        PostgresVersion version,
        TransactionMode mode,
        Direction direction,
        Optional<CatalogSnapshot> catalog,
        List<ParsedScript> earlier) {
    public FactContext {
        requireNonNull(version);
        requireNonNull(mode);
        requireNonNull(direction);
        requireNonNull(catalog);
        earlier = List.copyOf(earlier);
    }

    public static FactContext plain(PostgresVersion version, TransactionMode mode) {
        return new FactContext(version, mode, Direction.UP, Optional.empty(), List.of());
    }
}
