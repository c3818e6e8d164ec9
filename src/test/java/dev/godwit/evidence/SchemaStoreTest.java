package dev.godwit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.catalog.CatalogSnapshot;
import dev.godwit.catalog.Fingerprint;
import dev.godwit.catalog.SchemaObject;
import dev.godwit.postgres.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaStoreTest {
    @TempDir
    private Path root = Path.of("");

    private static CatalogSnapshot schema(String table) {
        return new CatalogSnapshot(
                PostgresVersion.ofMajor(15),
                List.of(),
                List.of(
                        new SchemaObject(
                                SchemaObject.Kind.TABLE, "public." + table, "CREATE TABLE …\n\"\u001b\u0001\" int"),
                        new SchemaObject(SchemaObject.Kind.GRANT, "public." + table, "GRANT …")));
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("godwit/evidence/schemas"))) {
            return files.toList().getFirst();
        }
    }

    @Test
    void whatWasWrittenIsReadByItsFingerprintWithoutItsGrants() {
        SchemaStore store = new SchemaStore(root);
        store.write(schema("a"));
        store.write(schema("b"));

        assertThat(store.read(Fingerprint.withoutGrants(schema("a")))).hasValueSatisfying(read -> {
            assertThat(read.objects()).containsExactly(schema("a").objects().getFirst());
            assertThat(Fingerprint.withoutGrants(read)).isEqualTo(Fingerprint.withoutGrants(schema("a")));
        });
        assertThat(store.read(Fingerprint.withoutGrants(schema("c")))).isEmpty();
        assertThat(store.read("sha256:")).isEmpty();

        store.keepOnly(Set.of(Fingerprint.withoutGrants(schema("b"))));
        assertThat(store.read(Fingerprint.withoutGrants(schema("a")))).isEmpty();
        assertThat(store.read(Fingerprint.withoutGrants(schema("b")))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<<<<<<< HEAD", "[]", "[null]", "{}", "[{\"kind\":\"TABLE\"}]", "[{\"kind\":\"TABLES\"}]"})
    void aFileThatIsNotWhatWasWrittenSaysNothing(String text) throws IOException {
        SchemaStore store = new SchemaStore(root);
        store.write(schema("a"));
        Files.writeString(onlyFile(), text);
        assertThat(store.read(Fingerprint.withoutGrants(schema("a")))).isEmpty();
    }
}
