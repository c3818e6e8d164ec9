package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.postgres.PostgresVersion;
import java.nio.file.Path;

/// The programs of one PostgreSQL release.
///
/// @param origin where they came from
/// @param directory holds `postgres` and `initdb`
public record Binaries(Origin origin, Path directory, PostgresVersion version) {
    /// Where binaries come from, most wanted first.
    public enum Origin {
        /// `GODWIT_POSTGRES_N` names them.
        CONFIGURED,
        /// The machine's own, with whatever extensions it has.
        INSTALLED,
        /// Published on Maven Central and kept in Godwit's cache.
        PUBLISHED
    }

    public Binaries {
        requireNonNull(origin);
        requireNonNull(directory);
        requireNonNull(version);
    }

    /// @param name `postgres` or `initdb`
    String program(String name) {
        return directory.resolve(name).toString();
    }
}
