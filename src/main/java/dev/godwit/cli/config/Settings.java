package dev.godwit.cli.config;

import dev.godwit.problem.Problem;
import dev.godwit.source.Nearest;
import dev.godwit.source.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
    private final Map<String, Given> rules = new TreeMap<>();

    private Settings(ConfigFile file) {
        this.file = file;
    }

    /// @param flags what was typed; those of `--rule` as `rules.ID`
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
        settings.rulesOf(environment);
        flags.forEach((name, value) -> settings.put(name, value, flag(name)));
        return settings;
    }

    private static String flag(String name) {
        return name.startsWith(Keys.RULES + ".")
                ? "--rule"
                : Keys.named(name).map(Key::flag).orElse(name);
    }

    private void put(String name, String value, String origin) {
        if (name.startsWith(Keys.RULES + ".")) {
            check(name, Keys.RULE_LEVEL, value, origin);
            rules.put(name.substring(Keys.RULES.length() + 1), new Given(value, origin));
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
    private void rulesOf(Map<String, String> environment) {
        String variable = "GODWIT_RULES";
        for (String rule : environment.getOrDefault(variable, "").split(",", -1)) {
            int equals = rule.indexOf('=');
            if (equals > 0) {
                put(
                        Keys.RULES + "." + rule.substring(0, equals).strip(),
                        rule.substring(equals + 1).strip(),
                        variable);
            } else if (!rule.isBlank()) {
                throw Problem.usage("\"" + rule + "\" names no severity")
                        .at(variable)
                        .remedy("write RULE-ID=off,OTHER-ID=warning")
                        .raise();
            }
        }
    }

    /// A mistyped variable would leave the file's value in force unseen, and that may be another database.
    private static void refuseUnknown(Map<String, String> environment) {
        List<String> known =
                new ArrayList<>(Keys.ALL.stream().map(Key::variable).toList());
        known.add("GODWIT_RULES");
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

    /// @return rule ID to `off`, `info`, `warning` or `error`
    public Map<String, String> rules() {
        Map<String, String> levels = new TreeMap<>();
        rules.forEach((id, level) -> levels.put(id, level.value));
        return levels;
    }

    /// For commands that know which rules there are.
    public void refuseUnknownRules(Collection<String> known) {
        rules.forEach((id, level) -> {
            if (!known.contains(id)) {
                throw Problem.usage("there is no rule " + id)
                        .at(level.origin)
                        .remedy(Nearest.of(id, known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("see docs/rules for the rules there are"))
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
        rules.forEach((id, level) -> lines.add(new Effective(
                Keys.RULES + "." + id, level.value, level.origin, "the severity of this rule's findings")));
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
