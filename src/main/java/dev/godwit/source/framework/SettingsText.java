package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Project;
import dev.godwit.source.SourceReader;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// Settings files of the JVM's frameworks as one flat map: `a.b-c = x`, `[a] bC = "x"` and `a: {b-c: x}` all give
/// `a.bc` → `x`. Lists become one text with commas.
final class SettingsText {
    private SettingsText() {}

    /// @param problems is told about a file that cannot be read
    static Map<String, String> read(Project project, Path file, List<Problem> problems) {
        String name = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try {
            SourceText text = SourceReader.read(file, project.display(file));
            if (name.endsWith(".toml")) {
                return toml(text);
            }
            return name.endsWith(".yml") || name.endsWith(".yaml") ? yaml(text) : properties(text);
        } catch (GodwitException e) {
            problems.add(e.problem());
            return Map.of();
        }
    }

    /// @return the settings under a prefix, without it
    static Map<String, String> under(String prefix, Map<String, String> settings) {
        Map<String, String> found = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(prefix + ".")) {
                found.put(key.substring(prefix.length() + 1), value);
            }
        });
        return found;
    }

    /// @param prefix of the framework's own settings: `spring.flyway`
    static Map<String, String> spring(Project project, String prefix, List<Problem> problems) {
        Map<String, String> found = new HashMap<>();
        for (String name : List.of("application.yaml", "application.yml", "application.properties")) {
            Path file = project.root().resolve("src/main/resources").resolve(name);
            found.putAll(under(prefix, read(project, file, problems)));
        }
        return found;
    }

    /// Backslashes stand for themselves, as both frameworks read them (a password, a path of Windows).
    static Map<String, String> properties(SourceText text) {
        Properties parsed = new Properties();
        try {
            parsed.load(new StringReader(text.content().replace("\\", "\\\\")));
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot fail", e);
        }
        Map<String, String> found = new TreeMap<>();
        parsed.forEach((key, value) ->
                found.put(key(String.valueOf(key)), String.valueOf(value).strip()));
        return found;
    }

    private static Map<String, String> toml(SourceText text) {
        Map<String, String> found = new TreeMap<>();
        try {
            flatten("", new TomlMapper().readTree(text.content()), found);
        } catch (JacksonException e) {
            int line =
                    Optional.ofNullable(e.getLocation()).map(l -> l.getLineNr()).orElse(1);
            throw broken("TOML", e.getOriginalMessage(), text.name() + ":" + line);
        }
        return found;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties().forEach(field -> flatten(join(path, field.getKey()), field.getValue(), into));
        } else if (node.isArray()) {
            into.put(
                    key(path),
                    String.join(",", node.valueStream().map(JsonNode::asString).toList()));
        } else {
            into.put(key(path), node.asString());
        }
    }

    /// A Spring file may hold a document for each profile; what they share comes first and wins here.
    private static Map<String, String> yaml(SourceText text) {
        Map<String, String> found = new TreeMap<>();
        try {
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text.content())) {
                Map<String, String> one = new TreeMap<>();
                flatten("", document, one);
                one.forEach(found::putIfAbsent);
            }
        } catch (YamlEngineException e) {
            throw broken(
                    "YAML", String.valueOf(e.getMessage()).lines().findFirst().orElse(""), text.name());
        }
        return found;
    }

    private static void flatten(String path, Object node, Map<String, String> into) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((k, v) -> {
                    if (v != null) {
                        flatten(join(path, String.valueOf(k)), v, into);
                    }
                });
            case List<?> list ->
                into.put(
                        key(path),
                        String.join(",", list.stream().map(String::valueOf).toList()));
            default -> into.put(key(path), String.valueOf(node));
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String key(String written) {
        return written.strip().replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static GodwitException broken(String form, String reason, String place) {
        return Problem.usage("the file is no valid " + form + ": " + reason)
                .at(place)
                .remedy("mend the file")
                .raise();
    }
}
