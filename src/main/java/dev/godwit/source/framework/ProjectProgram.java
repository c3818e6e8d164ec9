package dev.godwit.source.framework;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The program that a project's people type themselves: in the project, else on the PATH.
final class ProjectProgram {
    private ProjectProgram() {}

    /// @param names where it may lie in the project, relative to its root
    /// @param program its name on the PATH
    static Optional<Path> find(Path root, List<String> names, String program) {
        return find(root, names, program, System.getenv().getOrDefault("PATH", ""));
    }

    static Optional<Path> find(Path root, List<String> names, String program, String searchPath) {
        List<Path> candidates = new ArrayList<>();
        names.forEach(name -> candidates.add(root.resolve(name)));
        for (String folder : searchPath.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                candidate(folder, program).ifPresent(candidates::add);
            }
        }
        return candidates.stream()
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toAbsolutePath)
                .findFirst();
    }

    private static Optional<Path> candidate(String folder, String program) {
        try {
            return Optional.of(Path.of(folder, program));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
