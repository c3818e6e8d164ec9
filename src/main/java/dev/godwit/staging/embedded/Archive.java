package dev.godwit.staging.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// Unpacks a tar in xz with permissions and symbolic links, and nothing outside its directory.
final class Archive {
    private final Path root;

    private Archive(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    static void unpack(InputStream xz, Path directory) throws IOException {
        Archive archive = new Archive(directory);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(xz))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                archive.write(entry, tar);
            }
        }
    }

    private void write(TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = inside(root.resolve(entry.getName()), entry);
        if (entry.isDirectory()) {
            directory(path);
            return;
        }
        directory(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            inside(path.resolveSibling(entry.getLinkName()), entry);
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile() && !entry.isLink()) {
            Files.copy(content, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        } else {
            throw new IOException("neither a file, a directory nor a symbolic link: " + entry.getName());
        }
    }

    /// Everybody may enter, whatever the umask: the server may run as another user.
    private static void directory(Path path) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, permissions(0755));
    }

    private Path inside(Path path, TarArchiveEntry entry) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(root)) {
            throw new IOException("refused to unpack outside of its directory: " + entry.getName());
        }
        return normal;
    }

    /// @param mode the nine low bits of `st_mode`, in the order of [PosixFilePermission]
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        Arrays.stream(PosixFilePermission.values())
                .filter(permission -> (mode & (0400 >> permission.ordinal())) != 0)
                .forEach(set::add);
        return set;
    }
}
