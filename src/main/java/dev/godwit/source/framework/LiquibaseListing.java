package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.MigrationSet;
import dev.godwit.source.Reasons;
import dev.godwit.source.Script;
import dev.godwit.source.Script.Language;
import dev.godwit.source.SourceReader;
import dev.godwit.source.TransactionMode;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// From the first changelog to all changesets, in the order in which the files name them.
final class LiquibaseListing {
    /// What Liquibase can undo without being told. Source: Liquibase's documentation, and `RealLiquibaseTest`.
    private static final Set<String> REVERSIBLE = Set.of(
            "addcolumn",
            "adddefaultvalue",
            "addforeignkeyconstraint",
            "addlookuptable",
            "addnotnullconstraint",
            "addprimarykey",
            "adduniqueconstraint",
            "createindex",
            "createsequence",
            "createtable",
            "createview",
            "dropnotnullconstraint",
            "empty",
            "output",
            "renamecolumn",
            "renamesequence",
            "renametable",
            "renameview",
            "tagdatabase");

    /// What stands in a changeset and changes nothing.
    private static final Set<String> NO_CHANGE =
            Set.of("comment", "preconditions", "validchecksum", "modifysql", "rollback", "property");

    private final LiquibaseConfig config;
    private final List<Problem> problems;
    private final List<LiquibaseChangeSet> found = new ArrayList<>();
    private final Deque<String> including = new ArrayDeque<>();

    /// The files in the order of their reading, as the changelogs name them.
    private final List<String> files = new ArrayList<>();

    LiquibaseListing(LiquibaseConfig config) {
        this.config = config;
        this.problems = new ArrayList<>(config.problems());
    }

    MigrationSet list() {
        Map<String, LiquibaseChangeSet> once = new LinkedHashMap<>();
        for (LiquibaseChangeSet one : changeSets()) {
            LiquibaseChangeSet first = once.putIfAbsent(one.version(), one);
            if (first != null) {
                duplicate(one, first);
            }
        }
        return new MigrationSet(
                once.values().stream().map(LiquibaseChangeSet::migration).toList(),
                problems.stream().distinct().toList());
    }

    private void duplicate(LiquibaseChangeSet second, LiquibaseChangeSet first) {
        problems.add(Problem.usage("two changesets are " + second.id() + " by " + second.author() + " in "
                        + second.file() + "; the first is at " + place(first.up()))
                .at(place(second.up()))
                .remedy("give one that is not applied yet another id"));
    }

    private static String place(Script script) {
        SourceText text = script.text();
        int first = (int) text.content().chars().takeWhile(c -> c == '\n').count();
        return text.name() + ":" + (first + 1);
    }

    List<LiquibaseChangeSet> changeSets() {
        Optional<String> changelog = config.changelog();
        if (changelog.isEmpty()) {
            problems.add(Problem.usage("there is no changelog")
                    .at(config.project().root().toString())
                    .remedy("name it in liquibase.properties: changelog-file=db/changelog.xml"));
        }
        changelog.ifPresent(name -> include(
                name,
                config.file()
                        .map(f -> config.project().display(f))
                        .orElse(config.project().root().toString())));
        return List.copyOf(found);
    }

    List<String> files() {
        return List.copyOf(files);
    }

    private void include(String name, String from) {
        Optional<Path> path = config.resolve(name).filter(Files::isRegularFile);
        if (path.isEmpty()) {
            problem("there is no file " + name, from, "write it, or take the line out that names it");
        } else if (including.contains(name)) {
            problem("the changelogs include each other: " + name, from, "take one of the lines out");
        } else {
            including.push(name);
            files.add(name);
            read(path.get(), name);
            including.pop();
        }
    }

    private void read(Path path, String name) {
        try {
            SourceText text = SourceReader.read(path, config.project().display(path));
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.endsWith(".sql")) {
                found.addAll(new LiquibaseSql(path, text, problems).changeSets(name));
            } else {
                LiquibaseElement root = lower.endsWith(".xml") ? LiquibaseXml.parse(text) : LiquibaseYaml.parse(text);
                walk(root, path, text, name);
            }
        } catch (GodwitException e) {
            problems.add(e.problem());
        }
    }

    private void walk(LiquibaseElement root, Path path, SourceText text, String name) {
        String logical = root.attribute("logicalfilepath")
                .or(() -> root.child("logicalFilePath").flatMap(e -> e.attribute("")))
                .orElse(name);
        for (LiquibaseElement element : root.children()) {
            if (element.is("changeSet")) {
                changeSet(element, path, text, logical).ifPresent(found::add);
            } else if (element.is("include")) {
                include(target(element, "file", name), text.name() + ":" + element.line());
            } else if (element.is("includeAll")) {
                includeAll(element, target(element, "path", name), text.name() + ":" + element.line());
            }
        }
    }

    private static String target(LiquibaseElement element, String key, String from) {
        String name = LiquibaseChangeSet.plainFile(element.attribute(key).orElse(""));
        if (!element.flag("relativetochangelogfile", false)) {
            return normal(name);
        }
        int cut = from.lastIndexOf('/');
        return normal(cut < 0 ? name : from.substring(0, cut + 1) + name);
    }

    private static String normal(String name) {
        return Path.of(name).normalize().toString().replace('\\', '/');
    }

    private void includeAll(LiquibaseElement element, String directory, String place) {
        Optional<Path> folder = config.resolve(directory).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            if (element.flag("errorifmissingorempty", true)) {
                problem("there is no directory " + directory, place, "make it, or take the line out that names it");
            }
            return;
        }
        int depth = element.attribute("maxdepth").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
        try (Stream<Path> all = Files.walk(folder.get(), depth)) {
            String ending = element.attribute("endswithfilter").orElse("");
            all.filter(Files::isRegularFile)
                    .map(file -> directory + "/"
                            + folder.get().relativize(file).toString().replace('\\', '/'))
                    .filter(file -> LiquibaseConfig.isChangelog(file) && file.endsWith(ending))
                    .sorted()
                    .forEach(file -> include(file, place));
        } catch (IOException e) {
            problem("the directory " + directory + " cannot be read: " + Reasons.of(e), place, "check its permissions");
        }
    }

    private Optional<LiquibaseChangeSet> changeSet(
            LiquibaseElement element, Path path, SourceText text, String logical) {
        String id = element.attribute("id").orElse("");
        String author = element.attribute("author").orElse("");
        if (id.isEmpty() || author.isEmpty()) {
            problem("the changeset has no id or no author", text.name() + ":" + element.line(), "give it both");
            return Optional.empty();
        }
        if (!runs(element.attributes())) {
            return Optional.empty();
        }
        SourceText own = LiquibaseChangeSet.lines(text, element.line(), element.endLine());
        Script up = new Script(path, own, Language.CODE, mode(element.attributes()));
        return Optional.of(new LiquibaseChangeSet(
                id,
                author,
                element.attribute("logicalfilepath").orElse(logical),
                up,
                canRollBack(element) ? Optional.of(up) : Optional.empty(),
                element.flag("runalways", false)));
    }

    private static boolean canRollBack(LiquibaseElement changeSet) {
        boolean written = changeSet.child("rollback").isPresent()
                || changeSet.attribute("rollback").isPresent();
        List<LiquibaseElement> changes =
                changeSet.child("changes").map(LiquibaseElement::children).orElse(changeSet.children());
        return written || changes.stream().allMatch(LiquibaseListing::reversible);
    }

    private static boolean reversible(LiquibaseElement change) {
        String name = change.name().toLowerCase(Locale.ROOT);
        boolean replacing = name.equals("createview") && change.flag("replaceifexists", false);
        return NO_CHANGE.contains(name) || (REVERSIBLE.contains(name) && !replacing);
    }

    /// @return whether Liquibase would run a changeset with such attributes on PostgreSQL at all
    static boolean runs(Map<String, String> attributes) {
        if ("true".equalsIgnoreCase(attributes.get("ignore"))) {
            return false;
        }
        List<String> databases = Arrays.stream(
                        attributes.getOrDefault("dbms", "").split(",", -1))
                .map(d -> d.strip().toLowerCase(Locale.ROOT))
                .filter(d -> !d.isEmpty())
                .toList();
        boolean excluded = databases.contains("!postgresql") || databases.contains("none");
        boolean onlyOthers =
                databases.stream().noneMatch(d -> d.startsWith("!") || d.equals("postgresql") || d.equals("all"));
        return databases.isEmpty() || !(excluded || onlyOthers);
    }

    /// Liquibase looks at no statement: it opens a transaction unless it is told not to.
    static TransactionMode mode(Map<String, String> attributes) {
        boolean without = "false"
                .equalsIgnoreCase(
                        attributes.getOrDefault("runintransaction", "").strip());
        return without ? TransactionMode.NEVER : TransactionMode.ALWAYS;
    }

    private void problem(String what, String place, String remedy) {
        problems.add(Problem.usage(what).at(place).remedy(remedy));
    }
}
