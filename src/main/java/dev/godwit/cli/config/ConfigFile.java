package dev.godwit.cli.config;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.godwit.problem.Problem;
import dev.godwit.source.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A project's root, and what its `godwit.toml` says, every key and value checked.
///
/// @param root the directory of the file; without a file, the working directory
/// @param file empty when there is none
/// @param values key to value, those of `[rules]` as `rules.ID`
public record ConfigFile(Path root, Optional<Path> file, Map<String, Entry> values) {
    public static final String NAME = "godwit.toml";

    /// @param place `godwit.toml:7`
    public record Entry(String text, String place) {}

    public ConfigFile {
        values = Map.copyOf(values);
    }

    /// Looks for the file from a directory upwards to the root of the file system.
    public static ConfigFile find(Path workingDirectory) {
        Path start = workingDirectory.toAbsolutePath().normalize();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(NAME);
            if (Files.exists(candidate, NOFOLLOW_LINKS)) {
                return read(candidate, start);
            }
        }
        return new ConfigFile(start, Optional.empty(), Map.of());
    }

    /// Takes the file that `--config` names.
    public static ConfigFile given(Path file, Path workingDirectory) {
        Path start = workingDirectory.toAbsolutePath().normalize();
        return read(start.resolve(file).normalize(), start);
    }

    private static ConfigFile read(Path file, Path workingDirectory) {
        String name = workingDirectory.relativize(file).toString();
        Check check = new Check(name);
        TomlFile.read(file, name).forEach(check::take);
        check.raise();
        Path root = file.getParent();
        return new ConfigFile(root == null ? file : root, Optional.of(file), check.values);
    }

    /// One file's keys and values against what is known.
    private static final class Check {
        private final String name;
        private final Map<String, Entry> values = new LinkedHashMap<>();
        private final List<Wrong> wrong = new ArrayList<>();

        private record Wrong(int line, Problem problem) {}

        Check(String name) {
            this.name = name;
        }

        void take(String path, TomlFile.Value value) {
            int dot = path.indexOf('.');
            Optional<OpenTable> open = Keys.openTable(path);
            Optional<OpenTable> head = Keys.OPEN.stream()
                    .filter(table -> table.name().equals(path))
                    .findFirst();
            if (open.isPresent()) {
                accept(path, open.get().type(), value);
            } else if (head.isPresent()) {
                requireTable(path, value, head.get().line());
            } else if (Keys.isTable(path)) {
                requireTable(path, value, "setting: KEY = VALUE");
            } else if (dot < 0 || Keys.isTable(path.substring(0, dot))) {
                Keys.named(path).ifPresentOrElse(key -> accept(path, key.type(), value), () -> unknown(path, value));
            }
        }

        private void accept(String path, ValueType<?> type, TomlFile.Value value) {
            TomlFile.Kind wanted = type.number() ? TomlFile.Kind.NUMBER : TomlFile.Kind.TEXT;
            if (value.kind() != wanted) {
                wrong(
                        value,
                        path + " is " + value.kind().title() + ", not " + wanted.title(),
                        "it must be " + type.expected() + (type.number() ? ", without quotes" : ", in quotes"));
                return;
            }
            try {
                type.parse(value.text());
                values.put(path, new Entry(value.text(), name + ":" + value.line()));
            } catch (IllegalArgumentException e) {
                wrong(value, path + ": " + e.getMessage(), "it must be " + type.expected());
            }
        }

        private void requireTable(String path, TomlFile.Value value, String line) {
            if (value.kind() != TomlFile.Kind.TABLE) {
                wrong(
                        value,
                        path + " is " + value.kind().title() + ", not a table",
                        "write [" + path + "], and below it a line for each " + line);
            }
        }

        private void unknown(String path, TomlFile.Value value) {
            List<String> known = new ArrayList<>(Keys.names());
            Keys.OPEN.forEach(table -> known.add(table.name()));
            String hint = Nearest.of(path, known)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("the keys are " + String.join(", ", known));
            wrong(value, "there is no key " + path, hint);
        }

        private void wrong(TomlFile.Value value, String what, String remedy) {
            wrong.add(new Wrong(
                    value.line(),
                    Problem.usage(what).at(name + ":" + value.line()).remedy(remedy)));
        }

        void raise() {
            wrong.stream().min(Comparator.comparingInt(Wrong::line)).ifPresent(first -> {
                int others = wrong.size() - 1;
                String state = others == 0 ? "" : others + " more in this file";
                throw first.problem.leaving(state).raise();
            });
        }
    }
}
