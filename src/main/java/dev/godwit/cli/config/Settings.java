package dev.godwit.cli.config;

import dev.godwit.problem.Problem;
import dev.godwit.source.Nearest;
import dev.godwit.source.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What holds for one command: flag before environment before file before default.
public final class Settings {
    /// @param value as written; may hold a password
    /// @param origin `--watch`, `GODWIT_WATCH`, `godwit.toml:7` or `default`
    private record Given(String value, String origin) {}

    /// One line of `godwit config`.
    ///
    /// @param value as it may be shown; empty when there is none
    /// @param origin where the value is from
    public record Effective(String key, String value, String origin, String meaning) {}

    private final ConfigFile file;
    private final Map<Key<?>, Given> given = new LinkedHashMap<>();
    private final Map<OpenTable, Map<String, Given>> open = new HashMap<>();

    private Settings(ConfigFile file) {
        this.file = file;
    }

    /// @param flags what was typed; those of `--rule ID=LEVEL` as `rules.ID`, and so on
    public static Settings of(ConfigFile file, Map<String, String> environment, Map<String, String> flags) {
        Settings settings = new Settings(file);
        refuseUnknown(environment);
        file.values().forEach((name, entry) -> settings.put(name, entry.text(), entry.place()));
        for (Key<?> key : Keys.ALL) {
            String value = environment.getOrDefault(key.variable(), "");
            if (!value.isBlank()) {
                settings.put(key.name(), value, key.variable());
            }
        }
        Keys.OPEN.forEach(table -> settings.entriesOf(table, environment));
        flags.forEach((name, value) -> settings.put(name, value, flag(name)));
        return settings;
    }

    private static String flag(String name) {
        return Keys.openTable(name)
                .map(OpenTable::flag)
                .or(() -> Keys.named(name).map(Key::flag))
                .orElse(name);
    }

    private void put(String name, String value, String origin) {
        Optional<OpenTable> table = Keys.openTable(name);
        if (table.isPresent()) {
            check(name, table.get().type(), value, origin);
            open.computeIfAbsent(table.get(), _ -> new TreeMap<>())
                    .put(table.get().key(name), new Given(value, origin));
            return;
        }
        Key<?> key = Keys.named(name).orElseThrow(() -> new IllegalArgumentException("no key " + name));
        check(name, key.type(), value, origin);
        given.put(key, new Given(value, origin));
    }

    private static void check(String name, ValueType<?> type, String value, String origin) {
        try {
            type.parse(value);
        } catch (IllegalArgumentException e) {
            throw Problem.usage(name + ": " + e.getMessage())
                    .at(origin)
                    .remedy("it must be " + type.expected())
                    .raise();
        }
    }

    /// `GODWIT_RULES=ID=off,OTHER-ID=warning`.
    private void entriesOf(OpenTable table, Map<String, String> environment) {
        String variable = table.variable();
        for (String entry : environment.getOrDefault(variable, "").split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                put(
                        table.path(entry.substring(0, equals).strip()),
                        entry.substring(equals + 1).strip(),
                        variable);
            } else if (!entry.isBlank()) {
                throw Problem.usage("\"" + entry + "\" gives no value")
                        .at(variable)
                        .remedy("write KEY=VALUE,OTHER=VALUE: each is " + table.meaning())
                        .raise();
            }
        }
    }

    /// A mistyped variable would leave the file's value in force unseen, and that may be another database.
    private static void refuseUnknown(Map<String, String> environment) {
        List<String> known =
                new ArrayList<>(Keys.ALL.stream().map(Key::variable).toList());
        Keys.OPEN.forEach(table -> known.add(table.variable()));
        for (String name : environment.keySet()) {
            Optional<String> meant = name.startsWith("GODWIT_") && !known.contains(name)
                    ? Nearest.withinEdits(name, known, 2)
                    : Optional.empty();
            meant.ifPresent(near -> {
                throw Problem.usage("there is no setting " + name)
                        .at("environment")
                        .remedy("did you mean " + near + "? Else: unset " + name)
                        .raise();
            });
        }
    }

    public Path root() {
        return file.root();
    }

    public Optional<Path> file() {
        return file.file();
    }

    /// @return the project that these settings describe
    public Project project() {
        return new Project(file.root(), find(Keys.MIGRATIONS), find(Keys.VERSION_TABLE));
    }

    public <T> Optional<T> find(Key<T> key) {
        Optional<String> text =
                Optional.ofNullable(given.get(key)).map(Given::value).or(key::standard);
        return text.map(key.type()::parse);
    }

    /// @return the value, or a problem that says how to give one
    public <T> T require(Key<T> key) {
        return find(key)
                .orElseThrow(() -> Problem.usage("no " + key.name() + " is set: " + key.meaning())
                        .remedy("give it with " + key.flag() + ", " + key.variable() + " or in godwit.toml: "
                                + key.name() + " = …")
                        .raise());
    }

    /// @return `--watch`, `GODWIT_WATCH`, `godwit.toml:7` or `default`
    public String origin(Key<?> key) {
        return Optional.ofNullable(given.get(key)).map(Given::origin).orElse("default");
    }

    /// @return the entries of that table, `rules` for example: rule ID to `off`, `info`, `warning` or `error`
    public Map<String, String> entries(OpenTable table) {
        Map<String, String> entries = new TreeMap<>();
        given(table).forEach((key, value) -> entries.put(key, value.value));
        return entries;
    }

    private Map<String, Given> given(OpenTable table) {
        return open.getOrDefault(table, Map.of());
    }

    /// @return where that entry is from, `godwit.toml:7`
    public String origin(OpenTable table, String key) {
        return Optional.ofNullable(given(table).get(key)).map(Given::origin).orElse("default");
    }

    /// For commands that know which plug-ins there are.
    ///
    /// @param one what a key names, `rule`
    /// @param otherwise the remedy when nothing is near
    public void refuseUnknown(OpenTable table, String one, Collection<String> known, String otherwise) {
        given(table).forEach((key, value) -> {
            if (!known.contains(key)) {
                throw Problem.usage("there is no " + one + " " + key)
                        .at(value.origin)
                        .remedy(Nearest.of(key, known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse(otherwise))
                        .raise();
            }
        });
    }

    /// @return what `godwit config` shows, secrets masked
    public List<Effective> effective() {
        List<Effective> lines = new ArrayList<>();
        for (Key<?> key : Keys.ALL) {
            lines.add(new Effective(key.name(), shown(key), origin(key), key.meaning()));
        }
        Keys.OPEN.forEach(table -> given(table)
                .forEach((key, value) ->
                        lines.add(new Effective(table.path(key), value.value, value.origin, table.meaning()))));
        return lines;
    }

    private String shown(Key<?> key) {
        return Optional.ofNullable(given.get(key))
                .map(Given::value)
                .or(key::standard)
                .map(key.type()::show)
                .orElse("");
    }
}
