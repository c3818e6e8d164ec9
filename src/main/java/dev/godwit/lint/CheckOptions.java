package dev.godwit.lint;

import static java.util.Objects.requireNonNull;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.postgres.PostgresVersion;
import dev.godwit.source.Direction;
import java.util.Map;
import java.util.Optional;

/// What a check goes by.
///
/// @param settings by rule id; a rule that is not named keeps its own severity
/// @param catalog of production, from a profile or a connection: then sizes and types are known
/// @param sizes from which on a known size counts
public record CheckOptions(
        PostgresVersion version,
        Direction direction,
        FailOn failOn,
        Map<String, RuleSetting> settings,
        Optional<CatalogSnapshot> catalog,
        SizeLimits sizes) {
    public CheckOptions {
        requireNonNull(version);
        requireNonNull(direction);
        requireNonNull(failOn);
        settings = Map.copyOf(settings);
        requireNonNull(catalog);
        requireNonNull(sizes);
    }

    public static CheckOptions defaults() {
        return new CheckOptions(
                PostgresVersion.ofMajor(PostgresVersion.NEWEST_MAJOR),
                Direction.UP,
                FailOn.ERROR,
                Map.of(),
                Optional.empty(),
                SizeLimits.DEFAULT);
    }

    public CheckOptions version(PostgresVersion newVersion) {
        return new CheckOptions(newVersion, direction, failOn, settings, catalog, sizes);
    }

    public CheckOptions direction(Direction newDirection) {
        return new CheckOptions(version, newDirection, failOn, settings, catalog, sizes);
    }

    public CheckOptions failOn(FailOn newFailOn) {
        return new CheckOptions(version, direction, newFailOn, settings, catalog, sizes);
    }

    public CheckOptions settings(Map<String, RuleSetting> newSettings) {
        return new CheckOptions(version, direction, failOn, newSettings, catalog, sizes);
    }

    public CheckOptions catalog(CatalogSnapshot newCatalog) {
        return new CheckOptions(version, direction, failOn, settings, Optional.of(newCatalog), sizes);
    }

    public CheckOptions sizes(SizeLimits newSizes) {
        return new CheckOptions(version, direction, failOn, settings, catalog, newSizes);
    }
}
