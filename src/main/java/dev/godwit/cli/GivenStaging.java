package dev.godwit.cli;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.Table;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.evidence.Evidence;
import dev.godwit.postgres.QualifiedName;
import java.util.List;
import java.util.Set;

/// A staging database that somebody else made: taken as it is, measured by its catalog.
final class GivenStaging {
    private GivenStaging() {}

    /// @param production its schema
    /// @param ignored tables that are not part of it
    static Evidence.Staging of(DatabaseUrl url, CatalogSnapshot production, Set<QualifiedName> ignored) {
        try (Session session = Session.open(url, "godwit rehearse")) {
            CatalogSnapshot staging = CatalogReader.read(session, ignored);
            long rows =
                    staging.tables().stream().mapToLong(Table::estimatedRows).sum();
            long bytes = staging.tables().stream().mapToLong(Table::bytes).sum();
            long wanted =
                    production.tables().stream().mapToLong(Table::estimatedRows).sum();
            double reached = wanted == 0 ? 1.0 : (double) rows / wanted;
            int differences = Fingerprint.differences(production, staging).size();
            double fidelity = Math.max(
                    0,
                    1.0
                            - (double) differences
                                    / Math.max(1, production.objects().size()));
            return new Evidence.Staging("copy", rows, bytes, hundredths(reached), hundredths(fidelity), List.of());
        }
    }

    private static double hundredths(double share) {
        return Math.round(share * 100) / 100.0;
    }
}
