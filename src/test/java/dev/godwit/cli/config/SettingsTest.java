package dev.godwit.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    @Test
    void findsTheFileFromADirectoryBelow() throws IOException {
        Path below = Files.createDirectories(root.resolve("db/migrations"));
        write("watch = \"6m\"\n");
        ConfigFile file = ConfigFile.find(below);
        assertThat(file.root()).isEqualTo(root);
        assertThat(file.values().get("watch")).isEqualTo(new ConfigFile.Entry("6m", "../../godwit.toml:1"));
    }

    @Test
    void takesTheWorkingDirectoryForTheRootWhenThereIsNoFile() {
        ConfigFile file = ConfigFile.find(root);
        assertThat(file.root()).isEqualTo(root);
        assertThat(file.file()).isEmpty();
    }

    @Test
    void doesNotPassOverAFileThatItCannotRead() throws IOException {
        Path file = Files.createSymbolicLink(root.resolve(ConfigFile.NAME), Path.of("nowhere"));
        assertThatThrownBy(() -> ConfigFile.find(root))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().what()).contains("symbolic link"));
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> ConfigFile.find(root))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().what()).contains("a directory"));
    }

    @Test
    void saysThatAGivenFileIsNotThere() {
        assertThatThrownBy(() -> ConfigFile.given(Path.of("other.toml"), root))
                .isInstanceOfSatisfying(GodwitException.class, e -> {
                    assertThat(e.problem().kind()).isEqualTo(Problem.Kind.USAGE);
                    assertThat(e.problem().where()).isEqualTo("other.toml");
                });
    }

    @Test
    void putsFlagBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
        write("watch = \"6m\"\nbaseline = \"6m\"\nstall_budget = \"6s\"\n");
        Settings settings = Settings.of(
                ConfigFile.find(root),
                Map.of("GODWIT_WATCH", "7m", "GODWIT_BASELINE", "7m", "GODWIT_FAIL_ON", ""),
                Map.of("watch", "8m"));
        assertThat(settings.find(Keys.WATCH)).contains(Duration.ofMinutes(8));
        assertThat(settings.find(Keys.BASELINE)).contains(Duration.ofMinutes(7));
        assertThat(settings.find(Keys.STALL_BUDGET)).contains(Duration.ofSeconds(6));
        assertThat(settings.find(Keys.WARN_AFTER)).contains(Duration.ofSeconds(5));
        assertThat(List.of(Keys.WATCH, Keys.BASELINE, Keys.STALL_BUDGET, Keys.FAIL_ON))
                .extracting(settings::origin)
                .containsExactly("--watch", "GODWIT_BASELINE", "godwit.toml:3", "default");
    }

    @Test
    void mergesRulesOneByOne() throws IOException {
        write("[rules]\na = \"off\"\nb = \"off\"\nc = \"off\"\n");
        Settings settings = Settings.of(
                ConfigFile.find(root), Map.of("GODWIT_RULES", "b=info, c=info"), Map.of("rules.c", "error"));
        assertThat(settings.entries(Keys.RULES)).isEqualTo(Map.of("a", "off", "b", "info", "c", "error"));
        settings.refuseUnknown(Keys.RULES, "rule", List.of("a", "b", "c"), "");
        assertThatThrownBy(() -> settings.refuseUnknown(Keys.RULES, "rule", List.of("b", "c", "aa"), ""))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().where()).isEqualTo("godwit.toml:2"));
    }

    @Test
    void refusesBadValuesWhereverTheyComeFrom() {
        refused(
                Map.of("GODWIT_WATCH", "5"),
                Map.of(),
                p -> assertThat(p.where()).isEqualTo("GODWIT_WATCH"));
        refused(
                Map.of(),
                Map.of("fail_on", "errors"),
                p -> assertThat(p.where()).isEqualTo("--fail-on"));
        refused(
                Map.of("GODWIT_RULES", "drop-column"),
                Map.of(),
                p -> assertThat(p.where()).isEqualTo("GODWIT_RULES"));
        refused(Map.of(), Map.of("rules.x", "warn"), p -> assertThat(p.where()).isEqualTo("--rule"));
    }

    @Test
    void refusesAMistypedVariableButNotOneOfTheLaunchers() {
        refused(
                Map.of("GODWIT_PRODUCTON", "postgresql://u:hunter2@h/d"),
                Map.of(),
                p -> assertThat(p.toString())
                        .contains("did you mean GODWIT_PRODUCTION?")
                        .doesNotContain("hunter2"));
        assertThat(Settings.of(ConfigFile.find(root), Map.of("GODWIT_JAVA_HOME", "/x", "GODWIT_CACHE", "/y"), Map.of())
                        .entries(Keys.RULES))
                .isEmpty();
    }

    @Test
    void saysHowToGiveWhatIsNeeded() {
        Settings settings = Settings.of(ConfigFile.find(root), Map.of(), Map.of());
        assertThatThrownBy(() -> settings.require(Keys.PRODUCTION))
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        e -> assertThat(e.problem().remedy())
                                .contains("--production", "GODWIT_PRODUCTION", "godwit.toml"));
    }

    @Test
    void showsEveryKeyAndNoPassword() {
        Settings settings = Settings.of(
                ConfigFile.find(root), Map.of("GODWIT_PRODUCTION", "postgresql://app:hunter2@db/shop"), Map.of());
        assertThat(settings.effective()).extracting(Settings.Effective::key).containsExactlyElementsOf(Keys.names());
        assertThat(settings.effective().toString()).doesNotContain("hunter2").contains("postgresql://app:***@db/shop");
        assertThat(settings.require(Keys.PRODUCTION)).isEqualTo("postgresql://app:hunter2@db/shop");
    }

    @Test
    void writesAFileThatItReadsItselfWithEveryKeyInIt() throws IOException {
        Map<Key<?>, String> known = new LinkedHashMap<>();
        known.put(Keys.PRODUCTION, "postgresql://app:hunter2@db/shop?password=hunter2&sslmode=require");
        known.put(Keys.FRAMEWORK, "plain-sql");
        known.put(Keys.MIGRATIONS, "a \"b\" \\c");
        String text = InitFile.text(known);
        assertThat(text).doesNotContain("hunter2");
        write(text);
        Settings settings = Settings.of(ConfigFile.find(root), Map.of(), Map.of());
        assertThat(settings.require(Keys.PRODUCTION)).isEqualTo("postgresql://app@db/shop?sslmode=require");
        assertThat(settings.require(Keys.MIGRATIONS)).isEqualTo("a \"b\" \\c");
        write(text.replaceAll("(?m)^# ([a-z_]+ = [^ ]+$)", "$1").replaceAll("(?m)^# (\\[rules]|RULE-ID.*)$", "$1"));
        assertThat(ConfigFile.find(root).values()).hasSizeGreaterThan(10).containsKey("rules.RULE-ID");
        assertThat(Keys.names()).allSatisfy(name -> assertThat(text).contains(name + " = "));
    }

    private void refused(Map<String, String> environment, Map<String, String> flags, Consumer<Problem> check) {
        ConfigFile file = ConfigFile.find(root);
        assertThatThrownBy(() -> Settings.of(file, environment, flags))
                .isInstanceOfSatisfying(GodwitException.class, e -> check.accept(e.problem()));
    }

    private void write(String content) throws IOException {
        Files.writeString(root.resolve(ConfigFile.NAME), content);
    }
}
