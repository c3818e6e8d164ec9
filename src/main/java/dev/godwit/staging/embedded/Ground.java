package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The account that a server runs as, and a cache that this account can read.
record Ground(Account account, Cache cache) {
    /// Root's own cache is mostly below `/root`, which nobody else may enter. This one everybody may read.
    private static final Path SHARED_CACHE = Path.of("/var/tmp/godwit-0");

    Ground {
        requireNonNull(account);
        requireNonNull(cache);
    }

    /// @param reachable what the account must be able to enter besides the cache
    static Ground choose(Surroundings surroundings, List<Path> reachable) throws IOException {
        Path own = Files.createDirectories(surroundings.cache());
        if (!Account.runningAsRoot()) {
            return new Ground(new Account.Plain(), new Cache(own));
        }
        for (Account account : List.of(Nobody.find(), new Account.Namespace())) {
            if (account.reaches(reachable)) {
                return new Ground(account, new Cache(account.reaches(List.of(own)) ? own : shared()));
            }
        }
        throw refusal(reachable);
    }

    private static RuntimeException refusal(List<Path> reachable) {
        List<String> places = new ArrayList<>();
        reachable.forEach(place -> places.add(place.toString()));
        return Problem.usage("PostgreSQL refuses to run as root, and no other account can be used:"
                        + " neither setpriv nor unshare worked, or the account cannot enter its directories")
                .at(String.join(", ", places))
                .leaving("nothing was started")
                .remedy("run Godwit as a plain user, or set GODWIT_TMP to a directory that everybody may enter")
                .raise();
    }

    /// `/var/tmp` belongs to all: whoever came first could have laid out programs there for root to start.
    private static Path shared() throws IOException {
        if (!Files.exists(SHARED_CACHE, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(SHARED_CACHE, PosixFilePermissions.asFileAttribute(ownerOnly()));
        }
        boolean directory = Files.isDirectory(SHARED_CACHE, LinkOption.NOFOLLOW_LINKS);
        Object owner = Files.getAttribute(SHARED_CACHE, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!directory || !owner.equals(0)) {
            throw Problem.usage("somebody else made the directory in which root keeps binaries for other users")
                    .at(SHARED_CACHE.toString())
                    .remedy("remove it, or set GODWIT_CACHE to a directory that everybody may enter")
                    .raise();
        }
        return Files.setPosixFilePermissions(SHARED_CACHE, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Set<PosixFilePermission> ownerOnly() {
        return PosixFilePermissions.fromString("rwx------");
    }
}
