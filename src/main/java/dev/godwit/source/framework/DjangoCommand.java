package dev.godwit.source.framework;

import dev.godwit.problem.Problem;
import dev.godwit.source.Invocation;
import dev.godwit.source.Migration;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.OwnRunner.Place;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `manage.py` with the connection of Godwit's choosing: settings beside the project import the project's own and
/// replace where the default database is.
///
/// @param environment Godwit's own, which may name the settings that are meant
record DjangoCommand(DjangoProject django, Place place, Map<String, String> environment) {
    private static final String SETTINGS = "godwit_settings";
    private static final String SETTINGS_VARIABLE = "DJANGO_SETTINGS_MODULE";
    private static final String SETTINGS_TEXT = PythonResource.text("django_settings.py");
    private static final String ELSEWHERE_TEXT = PythonResource.text("django_elsewhere.py");
    private static final String UNDO_TEXT = PythonResource.text("django_undo.py");

    Invocation manage(String... arguments) {
        PrivateFile.write(place.scratch().resolve(SETTINGS + ".py"), SETTINGS_TEXT);
        PrivateFile.write(place.scratch().resolve("godwit_elsewhere/base.py"), ELSEWHERE_TEXT);
        List<String> command = new ArrayList<>(List.of(python(), manageFile()));
        command.addAll(List.of(arguments));
        if (django.insistsOnSettings()) {
            command.add("--settings=" + SETTINGS);
        }
        return new Invocation(command, django.base(), variables());
    }

    /// For a branch of an app beside another that stays, which `migrate` would undo too.
    Invocation undo(DjangoKey key) {
        PrivateFile.write(place.scratch().resolve("godwit_undo.py"), UNDO_TEXT);
        Invocation shell = manage("shell", "-c", "import godwit_undo");
        Map<String, String> variables = new LinkedHashMap<>(shell.environment());
        variables.put("GODWIT_UNDO", key.version());
        return new Invocation(shell.command(), shell.directory(), variables);
    }

    private String manageFile() {
        return String.valueOf(django.manage().getFileName());
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(LibpqVariables.of(place.endpoint()));
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        variables.put("PYTHONIOENCODING", "utf-8");
        variables.put("PYTHONPATH", pythonPath());
        variables.put(SETTINGS_VARIABLE, SETTINGS);
        variables.put("GODWIT_DJANGO_SETTINGS", settingsModule());
        return variables;
    }

    private String pythonPath() {
        String own = place.scratch().toAbsolutePath().toString();
        return Optional.ofNullable(environment.get("PYTHONPATH"))
                .filter(path -> !path.isBlank())
                .map(path -> own + File.pathSeparator + path)
                .orElse(own);
    }

    /// What the user's environment says, else `manage.py`.
    private String settingsModule() {
        return Optional.ofNullable(environment.get(SETTINGS_VARIABLE))
                .filter(module -> !module.isBlank() && !django.insistsOnSettings())
                .or(django::settingsModule)
                .orElseThrow(() -> Problem.usage("manage.py does not say which settings it means")
                        .at(place.project().display(django.manage()))
                        .remedy("say it: export " + SETTINGS_VARIABLE + "=PACKAGE.settings")
                        .raise());
    }

    /// The project's virtual environment; else the Python that `django-admin` on the `PATH` was installed for; else the
    /// one on the `PATH`.
    private String python() {
        return Stream.of(django.base(), place.project().root())
                .map(root -> new PythonPrograms(root).program("python"))
                .filter(program -> program.contains(File.separator))
                .findFirst()
                .or(this::pythonOfDjango)
                .orElse("python3");
    }

    private Optional<String> pythonOfDjango() {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "django-admin"))
                .filter(Files::isRegularFile)
                .flatMap(file -> interpreter(file).stream())
                .findFirst();
    }

    private static Optional<String> interpreter(Path script) {
        try (Stream<String> lines = Files.lines(script)) {
            return lines.findFirst()
                    .filter(line -> line.matches("#!/\\S*/python[0-9.]*"))
                    .map(line -> line.substring(2));
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty();
        }
    }

    /// Where to send an app so that just this migration is undone: `migrate APP PARENT` undoes all that comes after the
    /// parent in the app, so no other child of it may be applied. What is listed later is not.
    ///
    /// @return empty when there is no such place
    static Optional<String> below(MigrationSet set, DjangoKey key) {
        DjangoGraph graph = DjangoGraph.of(set);
        List<String> order = set.migrations().stream().map(Migration::version).toList();
        int own = order.indexOf(key.version());
        List<DjangoKey> parents = graph.parentsInApp(key);
        if (parents.isEmpty()) {
            return isFirst(order, own, graph.roots(key.app())) ? Optional.of("zero") : Optional.empty();
        }
        return parents.stream()
                .filter(parent -> isFirst(order, own, graph.childrenInApp(parent)))
                .map(DjangoKey::name)
                .findFirst();
    }

    private static boolean isFirst(List<String> order, int own, List<DjangoKey> siblings) {
        return siblings.stream().allMatch(key -> order.indexOf(key.version()) >= own);
    }
}
