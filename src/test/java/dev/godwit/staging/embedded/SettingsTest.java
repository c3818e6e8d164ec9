package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Path DIRECTORY = Path.of("/tmp/godwit-pg18-1");

    @Test
    void whatIsWantedReplacesTheDefault() {
        assertThat(file(Map.of("fsync", "on"))).contains("fsync = 'on'\n").doesNotContain("fsync = 'off'");
    }

    @Test
    void quotesBothKindsOfQuote() {
        assertThat(file(Map.of("my.setting", "it's \\ here"))).contains("my.setting = 'it''s \\\\ here'\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "listen_addresses", "hba_file", "no such", "x = 1\ny", ""})
    void refusesNamesThatWouldLoseTheCluster(String name) {
        assertThatThrownBy(() -> file(Map.of(name, "1")))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining(name);
    }

    @Test
    void refusesAValueThatWouldBeginALineOfItsOwn() {
        assertThatThrownBy(() -> file(Map.of("work_mem", "1MB'\nport = '1")))
                .isInstanceOf(GodwitException.class)
                .hasMessageContaining("work_mem");
    }

    @Test
    void leavesTheSocketOutWhereItsPathWouldBeTooLong() {
        assertThat(file(Map.of())).contains("unix_socket_directories = '/tmp/godwit-pg18-1/data'");
        Path deep = Path.of("/tmp/" + "d".repeat(100));
        assertThat(Settings.of(Map.of()).file(deep, 1)).contains("unix_socket_directories = ''");
    }

    private static String file(Map<String, String> wanted) {
        return Settings.of(wanted).file(DIRECTORY, 5432);
    }
}
