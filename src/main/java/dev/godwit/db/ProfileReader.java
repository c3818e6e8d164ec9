package dev.godwit.db;

import dev.godwit.catalog.Profile;
import java.util.Set;

/// Reads what a profile holds, from the catalog alone: no table is opened, so nothing waits and no value is seen.
public final class ProfileReader {
    private ProfileReader() {}

    /// @param applied the versions that the migration tool's table names, as they are already known
    public static Profile read(Session session, Set<String> applied) {
        return new Profile(
                CatalogReader.read(session, Set.of()), ServerFacts.read(session).settings(), applied);
    }
}
