package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRepositoryTest {
    @TempDir
    Path home;

    @Test
    void isBelowTheHomeDirectoryWhenNothingIsSaid() throws IOException {
        assertThat(directory(Optional.empty())).isEqualTo(home.resolve(".m2/repository"));
    }

    @Test
    void isWhatTheSettingsSay() throws IOException {
        settings("<settings><localRepository>${user.home}/of/${env.WHO}</localRepository></settings>");
        assertThat(directory(Optional.empty())).isEqualTo(home.resolve("of/me"));
    }

    @Test
    void isWhatTheSystemPropertySaysBeforeAll() throws IOException {
        settings("<settings><localRepository>/elsewhere</localRepository></settings>");
        assertThat(directory(Optional.of(Path.of("/said")))).isEqualTo(Path.of("/said"));
    }

    @Test
    void ignoresSettingsThatSayNothingOfIt() throws IOException {
        settings("<settings><offline>true</offline></settings>");
        assertThat(directory(Optional.empty())).isEqualTo(home.resolve(".m2/repository"));
    }

    @Test
    void namesSettingsThatCannotBeRead() throws IOException {
        settings("<settings><localRepository>");
        assertThatThrownBy(() -> directory(Optional.empty()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("settings.xml");
    }

    private void settings(String xml) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve(".m2")).resolve("settings.xml"), xml);
    }

    private Path directory(Optional<Path> property) throws IOException {
        Surroundings surroundings = new Surroundings(Map.of("WHO", "me"), home, home, "amd64", property);
        return new LocalRepository(surroundings).directory();
    }
}
