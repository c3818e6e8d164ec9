package dev.godwit.source.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.db.CatalogReader;
import dev.godwit.db.DatabaseUrl;
import dev.godwit.db.Session;
import dev.godwit.dsl.DialectCase;
import dev.godwit.plan.Parts;
import dev.godwit.postgres.QualifiedName;
import dev.godwit.staging.TestClusters;
import dev.godwit.statement.ParsedStatement;
import dev.godwit.statement.Scripts;
import dev.godwit.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A database that a framework migrates, and one that gets the same SQL by hand.
///
/// @param own tables that belong to the framework
record SchemaPair(String migrated, String byHand, Set<QualifiedName> own) {
    static SchemaPair of(String migrated, Set<String> own, List<DialectCase> cases, String setup) {
        SchemaPair pair = new SchemaPair(
                migrated,
                TestClusters.freshDatabase(18),
                own.stream().map(name -> new QualifiedName("public", name)).collect(Collectors.toSet()));
        TestClusters.execute(pair.byHand, setup);
        byHand(pair.byHand, cases);
        return pair;
    }

    static void byHand(String url, List<DialectCase> cases) {
        for (DialectCase one : cases) {
            for (Parts.Part part : Parts.of(Scripts.parse(new SourceText("case", one.up())))) {
                Scripts.parse(new SourceText("part", part.sql())).statements().stream()
                        .map(ParsedStatement::sql)
                        .forEach(sql -> TestClusters.execute(url, sql));
            }
        }
    }

    void assertSame() {
        CatalogSnapshot expected = snapshot(byHand);
        CatalogSnapshot found = snapshot(migrated);
        assertThat(Fingerprint.differences(expected, found)).isEmpty();
        assertThat(Fingerprint.of(found)).isEqualTo(Fingerprint.of(expected));
    }

    CatalogSnapshot snapshot() {
        return snapshot(migrated);
    }

    private CatalogSnapshot snapshot(String url) {
        try (Session session = Session.open(DatabaseUrl.parse(url, Map.of()), "test")) {
            return CatalogReader.read(session, own);
        }
    }
}
