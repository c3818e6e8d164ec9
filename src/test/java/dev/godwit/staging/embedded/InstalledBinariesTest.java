package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.postgres.PostgresVersion;
import dev.godwit.problem.GodwitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Installations here are scripts that answer `-V` as PostgreSQL's programs do.
class InstalledBinariesTest {
    @TempDir
    Path directory;

    @Test
    void theVariableNamesTheInstallationOrItsBin() throws IOException {
        install(directory.resolve("bin"), "postgres (PostgreSQL) 17.4 (Debian 17.4-1.pgdg120+2)");
        for (Path named : new Path[] {directory, directory.resolve("bin")}) {
            Binaries found = find(17, named.toString());
            assertThat(found.origin()).isEqualTo(Binaries.Origin.CONFIGURED);
            assertThat(found.version()).isEqualTo(new PostgresVersion(17, 4));
            assertThat(found.directory()).isEqualTo(directory.resolve("bin"));
        }
    }

    @Test
    void aBetaHasNoMinor() throws IOException {
        install(directory, "postgres (PostgreSQL) 18beta2");
        assertThat(find(18, directory.toString()).version()).isEqualTo(new PostgresVersion(18, 0));
    }

    @Test
    void anotherMajorThanTheVariableSaysIsAnError() throws IOException {
        install(directory, "postgres (PostgreSQL) 16.2");
        GodwitException raised = catchThrowableOfType(GodwitException.class, () -> find(17, directory.toString()));
        assertThat(raised.problem().what()).contains("GODWIT_POSTGRES_17");
        assertThat(raised.problem().where()).isEqualTo(directory.toString());
    }

    @Test
    void anEmptyDirectoryIsAnError() {
        GodwitException raised = catchThrowableOfType(GodwitException.class, () -> find(17, directory.toString()));
        assertThat(raised.problem().what()).contains("GODWIT_POSTGRES_17");
    }

    @Test
    void thePublishedOnesAreUsedWhereTheVariableSaysSo() throws IOException {
        Surroundings surroundings = Surroundings.ofThisProcess().with(Map.of("GODWIT_POSTGRES_15", "published"));
        assertThat(new InstalledBinaries(15, surroundings).find()).isEmpty();
    }

    private Binaries find(int major, String value) throws IOException {
        Surroundings surroundings = Surroundings.ofThisProcess().with(Map.of("GODWIT_POSTGRES_" + major, value));
        return new InstalledBinaries(major, surroundings).find().orElseThrow();
    }

    private static void install(Path bin, String answer) throws IOException {
        Files.createDirectories(bin);
        for (String program : new String[] {"postgres", "initdb"}) {
            Path file = Files.writeString(bin.resolve(program), "#!/bin/sh\necho '" + answer + "'\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
