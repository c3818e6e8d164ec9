package dev.godwit.staging.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    @TempDir
    Path directory;

    @Test
    void keepsPermissionsAndSymbolicLinks() throws IOException {
        unpack(new TestArchive().file("bin/tool", 0755, "#!").link("bin/other", "tool", TarConstants.LF_SYMLINK));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("bin/tool"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(Files.readSymbolicLink(directory.resolve("bin/other"))).isEqualTo(Path.of("tool"));
        assertThat(directory.resolve("bin/other")).hasContent("#!");
    }

    @Test
    void acceptsALinkToANeighbouringDirectory() throws IOException {
        unpack(new TestArchive().file("lib/a.so", 0644, "a").link("bin/a.so", "../lib/a.so", TarConstants.LF_SYMLINK));
        assertThat(directory.resolve("bin/a.so")).hasContent("a");
    }

    @Test
    void refusesAPathThatLeadsOutside() {
        refuses(new TestArchive().file("../evil", 0644, "x"));
        refuses(new TestArchive().file("bin/../../evil", 0644, "x"));
        assertThat(directory.resolveSibling("evil")).doesNotExist();
    }

    @Test
    void refusesALinkThatLeadsOutside() {
        refuses(new TestArchive().link("lib", "/etc", TarConstants.LF_SYMLINK));
        refuses(new TestArchive().link("lib/x", "../../etc", TarConstants.LF_SYMLINK));
    }

    @Test
    void refusesWhatIsNeitherFileNorDirectoryNorSymbolicLink() {
        assertThatThrownBy(() -> unpack(new TestArchive().link("device", "tool", TarConstants.LF_LINK)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("device");
    }

    private void refuses(TestArchive archive) {
        assertThatThrownBy(() -> unpack(archive))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside");
    }

    private void unpack(TestArchive archive) throws IOException {
        Archive.unpack(new ByteArrayInputStream(archive.bytes()), directory);
    }
}
