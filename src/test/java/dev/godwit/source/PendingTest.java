package dev.godwit.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingTest {
    @Test
    void dividesFilesByWhatTheVersionTableHolds() {
        Pending pending = Pending.of(set("1", "2", "3", "10"), List.of("1", "3", "999", "5"));
        assertThat(pending.applied()).extracting(Migration::version).containsExactly("1", "3");
        assertThat(pending.pending()).extracting(Migration::version).containsExactly("2", "10");
        assertThat(pending.missing()).containsExactly("5", "999");
        assertThat(pending.outOfOrder()).extracting(Migration::version).containsExactly("2");
    }

    @Test
    void callsNothingOutOfOrderOnAFreshDatabase() {
        Pending pending = Pending.of(set("1", "2"), List.of());
        assertThat(pending.pending()).hasSize(2);
        assertThat(pending.outOfOrder()).isEmpty();
        assertThat(Pending.of(set("1", "2"), List.of("1", "2")).pending()).isEmpty();
    }

    @Test
    void takesARepeatedRowOnce() {
        assertThat(Pending.of(set("1"), List.of("1", "1", "2", "2")).missing()).containsExactly("2");
    }

    private static MigrationSet set(String... versions) {
        return new MigrationSet(
                Arrays.stream(versions)
                        .map(v -> new Migration(
                                v,
                                "step",
                                new Script(Path.of("a.sql"), new SourceText("a.sql", "SELECT 1;")),
                                Optional.empty()))
                        .toList(),
                List.of());
    }
}
