package dev.godwit.source.framework;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where a project's programs of Python are: its virtual environment first, then what `PATH` finds.
///
/// @param root of the project
record PythonPrograms(Path root) {
    private static final List<String> ENVIRONMENTS = List.of(".venv", "venv", "env");

    /// @return the program's absolute path in the project's virtual environment, or its bare name
    String program(String name) {
        return ENVIRONMENTS.stream()
                .map(environment -> root.resolve(environment).resolve("bin").resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> path.toAbsolutePath().toString())
                .orElse(name);
    }
}
