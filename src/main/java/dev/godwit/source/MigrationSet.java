package dev.godwit.source;

import dev.godwit.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a project's migration files say: the migrations that could be read, in the order in which they apply, and what
/// is wrong with the rest. Listing never throws for the sake of a file: one bad file does not hide the others.
public record MigrationSet(List<Migration> migrations, List<Problem> problems) {
    public MigrationSet {
        migrations = List.copyOf(migrations);
        problems = List.copyOf(problems);
    }

    public static MigrationSet broken(Problem problem) {
        return new MigrationSet(List.of(), List.of(problem));
    }

    /// For commands that change something: a set with a problem is not acted upon.
    public MigrationSet orRaise() {
        if (problems.isEmpty()) {
            return this;
        }
        Problem first = problems.getFirst();
        int others = problems.size() - 1;
        throw (others == 0
                        ? first
                        : first.leaving(others + (others == 1 ? " more problem" : " more problems")
                                + " like this in the migrations; nothing was begun"))
                .raise();
    }

    public Optional<Migration> byVersion(String version) {
        return migrations.stream().filter(m -> m.version().equals(version)).findFirst();
    }

    /// Finds what a person means by id, version, name, a file's path, the beginning of an id, or its last
    /// words where the version is a time and a name in one (Laravel).
    public Migration find(String wanted) {
        String word = wanted.replace('\\', '/');
        List<Migration> exact =
                migrations.stream().filter(m -> isCalled(m, word)).toList();
        List<Migration> found = Stream.<Supplier<List<Migration>>>of(
                        () -> exact, () -> beginningWith(word), () -> endingWith(word))
                .map(Supplier::get)
                .filter(some -> !some.isEmpty())
                .findFirst()
                .orElse(List.of());
        if (found.size() != 1) {
            throw (found.isEmpty() ? unknown(wanted) : ambiguous(wanted, found)).raise();
        }
        return found.getFirst();
    }

    private static boolean isCalled(Migration migration, String word) {
        return word.equals(migration.id())
                || word.equals(migration.version())
                || word.equals(migration.name())
                || isFile(migration.up(), word)
                || migration.down().filter(down -> isFile(down, word)).isPresent();
    }

    private static boolean isFile(Script script, String word) {
        String path = script.text().name();
        String relative = word.startsWith("./") ? word.substring(2) : word;
        return path.equals(relative)
                || path.endsWith("/" + relative)
                || script.file().toString().equals(word);
    }

    private List<Migration> beginningWith(String word) {
        return migrations.stream()
                .filter(m -> !word.isEmpty() && m.id().startsWith(word))
                .toList();
    }

    private List<Migration> endingWith(String word) {
        return migrations.stream()
                .filter(m -> !word.isEmpty() && m.id().endsWith("_" + word))
                .toList();
    }

    private Problem unknown(String wanted) {
        List<String> ids = migrations.stream().map(Migration::id).toList();
        List<String> names = migrations.stream().map(Migration::name).toList();
        String hint = Nearest.of(wanted, ids)
                .or(() -> Nearest.of(wanted, names))
                .map(near -> "did you mean " + near + "?")
                .orElse("godwit status lists them");
        return Problem.usage("there is no migration " + wanted).remedy(hint);
    }

    private static Problem ambiguous(String wanted, List<Migration> found) {
        String ids = found.stream().map(Migration::id).collect(Collectors.joining(", "));
        return Problem.usage(wanted + " could be " + found.size() + " migrations: " + ids)
                .remedy("type more of the one you mean");
    }
}
