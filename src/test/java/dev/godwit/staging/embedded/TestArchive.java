package dev.godwit.staging.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// A tar in xz as a test wants it, also the kinds that no honest packer makes.
final class TestArchive {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    TestArchive() {
        try {
            tar = new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestArchive file(String name, int mode, String content) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(0100000 | mode);
        return put(entry, content.getBytes(StandardCharsets.UTF_8));
    }

    TestArchive link(String name, String target, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        return put(entry, new byte[0]);
    }

    private TestArchive put(TarArchiveEntry entry, byte[] content) {
        try {
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() throws IOException {
        tar.close();
        return bytes.toByteArray();
    }

    /// Writes a jar as zonky's are: the archive and a manifest.
    void writeJar(Path jar) throws IOException {
        Files.createDirectories(jar.resolveSibling("."));
        try (OutputStream output = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(output)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.putNextEntry(new ZipEntry("postgres-linux-x86_64.txz"));
            zip.write(bytes());
        }
    }
}
