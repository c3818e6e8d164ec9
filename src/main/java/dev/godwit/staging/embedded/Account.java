package dev.godwit.staging.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// As whom the server runs. PostgreSQL refuses root, since whoever is superuser of the database could then do anything
/// to the machine.
///
/// Source: PostgreSQL manual, section 18.1, "The PostgreSQL User Account"; `check_root` in `src/backend/main/main.c`.
sealed interface Account {
    /// @return the words before a command that make it run as this account
    List<String> prefix();

    /// Gives a file or directory that this process made to the account.
    void own(Path path) throws IOException;

    /// A plain user needs nothing.
    record Plain() implements Account {
        @Override
        public List<String> prefix() {
            return List.of();
        }

        @Override
        public void own(Path path) {}
    }

    /// Root gives its rights away: the server can then read only what everybody can.
    record Dropped(int user, int group) implements Account {
        @Override
        public List<String> prefix() {
            String uid = Integer.toString(user);
            return List.of("setpriv", "--reuid", uid, "--regid", Integer.toString(group), "--clear-groups");
        }

        @Override
        public void own(Path path) throws IOException {
            Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /// Root enters a user namespace in which it looks like nobody, yet still owns root's files: for places that only
    /// root can reach.
    ///
    /// Source: user_namespaces(7), "Unmapped user and group IDs".
    record Namespace() implements Account {
        @Override
        public List<String> prefix() {
            return List.of("unshare", "--user");
        }

        @Override
        public void own(Path path) {}
    }

    static boolean runningAsRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /// Asks the kernel instead of adding up permission bits: it alone knows ACLs, seccomp filters and namespaces.
    ///
    /// @return those of the directories that the account can enter; none where this process cannot become it
    default Set<Path> reachable(List<Path> directories) throws IOException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\"", "sh"));
        words.addAll(prefix());
        words.addAll(List.of("sh", "-c", "for each; do test -x \"$each\" && echo \"$each\"; done; exit 0", "sh"));
        directories.forEach(directory -> words.add(directory.toString()));
        Command asked = Command.run(Path.of("/"), words);
        Stream<String> answers = asked.succeeded() ? asked.output().lines() : Stream.empty();
        return answers.map(Path::of).collect(Collectors.toSet());
    }
}
