package dev.godwit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationTest {
    @Test
    void bindsTheDigestToWhatTheServerIsSentAndToNothingElse() {
        String digest = migration("SELECT 1;\nSELECT 2;", "SELECT 3;").digest();
        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        assertThat(migration("\n\nSELECT 1;\r\nSELECT 2;\r\n", "SELECT 3;\n").digest())
                .isEqualTo(digest);
        assertThat(migration("SELECT 1;\n SELECT 2;", "SELECT 3;").digest()).isNotEqualTo(digest);
        assertThat(migration("SELECT 1;\nSELECT 2;\n-- godwit:no-op", "SELECT 3;")
                        .digest())
                .isNotEqualTo(digest);
        assertThat(migration("SELECT 3;", "SELECT 1;\nSELECT 2;").digest()).isNotEqualTo(digest);
    }

    @Test
    void bindsTheDigestToTheTransactionModeAndToThePresenceOfADown() {
        Script up = script("SELECT 1;");
        Script down = script("SELECT 2;");
        Migration plain = new Migration("1", "a", up, Optional.of(down));
        assertThat(List.of(
                        plain.digest(),
                        new Migration("1", "a", up.with(TransactionMode.NEVER), Optional.of(down)).digest(),
                        new Migration("1", "a", up, Optional.of(down.with(TransactionMode.NEVER))).digest(),
                        new Migration("1", "a", up, Optional.empty()).digest(),
                        new Migration("1", "a", up, Optional.of(script(""))).digest()))
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesAnIdThatIsNoFileName() {
        assertThatThrownBy(() -> new Migration("1", "a/b", script(""), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isFoundByWhatPeopleTypeForIt() {
        MigrationSet set = new MigrationSet(
                List.of(named("20261122103000", "add_region"), named("20261122104500", "add_email")), List.of());
        for (String word : List.of(
                "20261122103000_add_region",
                "20261122103000",
                "add_region",
                "2026112210300",
                "migrations/20261122103000_add_region.up.sql",
                "./migrations/20261122103000_add_region.up.sql",
                "20261122103000_add_region.up.sql",
                "/shop/migrations/20261122103000_add_region.up.sql")) {
            assertThat(set.find(word).name()).as(word).isEqualTo("add_region");
        }
    }

    @Test
    void saysWhatAnUnknownOrDoubtfulWordCouldMean() {
        MigrationSet set = new MigrationSet(
                List.of(named("20261122103000", "add_region"), named("20261122104500", "add_email")), List.of());
        assertThatThrownBy(() -> set.find("add_regoin"))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().remedy()).isEqualTo("did you mean add_region?"));
        assertThatThrownBy(() -> set.find("2026"))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("20261122103000_add_region, 20261122104500_add_email");
        assertThatThrownBy(() -> set.find("")).isInstanceOf(GodwitException.class);
    }

    private static Migration named(String version, String name) {
        String file = "migrations/" + version + "_" + name + ".up.sql";
        return new Migration(
                version,
                name,
                new Script(Path.of("/shop").resolve(file), new SourceText(file, "SELECT 1;")),
                Optional.empty());
    }

    private static Migration migration(String up, String down) {
        return new Migration("1", "a", script(up), Optional.of(script(down)), TransactionMode.AUTO);
    }

    private static Script script(String text) {
        return new Script(Path.of("a.sql"), new SourceText("a.sql", text));
    }
}
