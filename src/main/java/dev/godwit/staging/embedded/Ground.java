package dev.godwit.staging.embedded;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The account that a server runs as, and a cache that this account can read.
record Ground(Account account, Cache cache) {
    Ground {
        requireNonNull(account);
        requireNonNull(cache);
    }

    /// Root's own cache is mostly below `/root`, which nobody else may enter; a user without a home has none at all.
    /// Both get one below `/var/tmp`.
    ///
    /// @param reachable what the account must be able to enter besides the cache
    static Ground choose(Surroundings surroundings, List<Path> reachable) throws IOException {
        Path own = surroundings.cache();
        boolean usable = made(own);
        if (!Account.runningAsRoot()) {
            return new Ground(new Account.Plain(), usable ? new Cache(own) : Cache.belowVarTmp());
        }
        List<Path> asked = Stream.concat(reachable.stream(), Stream.of(own)).toList();
        for (Account account : List.of(Nobody.find(), new Account.Namespace())) {
            Set<Path> entered = account.reachable(asked);
            if (entered.containsAll(reachable)) {
                return new Ground(account, usable && entered.contains(own) ? new Cache(own) : Cache.belowVarTmp());
            }
        }
        throw refusal(reachable);
    }

    /// @return whether the directory is there now; a home that does not exist or is read-only is no error here
    private static boolean made(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
            return true;
        } catch (FileSystemException refused) {
            return false;
        }
    }

    private static GodwitException refusal(List<Path> reachable) {
        List<String> places = reachable.stream().map(Path::toString).toList();
        return Problem.usage("PostgreSQL refuses to run as root, and no other account can be used:"
                        + " neither setpriv nor unshare worked, or the account cannot enter its directories")
                .at(String.join(", ", places))
                .leaving("nothing was started")
                .remedy("run Godwit as a plain user, or set GODWIT_TMP to a directory that everybody may enter")
                .raise();
    }
}
