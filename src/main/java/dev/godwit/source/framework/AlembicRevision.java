package dev.godwit.source.framework;

import static java.util.Objects.requireNonNull;

import dev.godwit.source.Migration;
import dev.godwit.source.Script;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of Alembic's `versions`, as far as its text tells.
///
/// @param revision its id
/// @param downRevisions what it comes after in its branch; two or more merge branches, none begins one
/// @param dependsOn what else must be there before it
/// @param labels names of the branch that begins here
/// @param created as its documentation says, empty when it does not; orders branches that know nothing of each other
record AlembicRevision(
        String revision, List<String> downRevisions, List<String> dependsOn, List<String> labels, String created) {
    private static final Pattern CREATED = Pattern.compile("(?m)^Create Date:\\s*(\\S.*?)\\s*$");

    AlembicRevision {
        requireNonNull(revision);
        requireNonNull(created);
        downRevisions = List.copyOf(downRevisions);
        dependsOn = List.copyOf(dependsOn);
        labels = List.copyOf(labels);
    }

    /// @return empty when the file names no revision, or one that only Python could work out
    static Optional<AlembicRevision> of(PythonFile file) {
        return file.value("revision")
                .flatMap(AlembicRevision::text)
                .flatMap(id -> names(file, "down_revision")
                        .map(down -> new AlembicRevision(
                                id,
                                down,
                                names(file, "depends_on").orElse(List.of()),
                                names(file, "branch_labels").orElse(List.of()),
                                created(file))));
    }

    static AlembicRevision of(Migration migration) {
        SourceText text = migration.up().text();
        return of(PythonFile.of(text)).orElseThrow(() -> new IllegalArgumentException("not listed before: " + text));
    }

    private static Optional<String> text(PythonValue value) {
        return value instanceof PythonValue.Text(String text) && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /// @return none for `None` and for a name that is not assigned; empty when only Python could tell
    private static Optional<List<String>> names(PythonFile file, String variable) {
        return switch (file.value(variable).orElse(new PythonValue.Name("None"))) {
            case PythonValue.Text(String one) -> Optional.of(List.of(one));
            case PythonValue.Items(List<PythonValue> several) -> allTexts(several);
            case PythonValue.Name name -> name.isName("None") ? Optional.of(List.of()) : Optional.empty();
            case PythonValue.Call _, PythonValue.Unknown _ -> Optional.empty();
        };
    }

    private static Optional<List<String>> allTexts(List<PythonValue> values) {
        List<String> texts = new ArrayList<>();
        for (PythonValue value : values) {
            text(value).ifPresent(texts::add);
        }
        return texts.size() == values.size() ? Optional.of(texts) : Optional.empty();
    }

    private static String created(PythonFile file) {
        Matcher matcher = CREATED.matcher(file.documentation().orElse(""));
        return matcher.find() ? matcher.group(1) : "";
    }

    /// @return everything that must be applied before
    List<String> parents() {
        LinkedHashSet<String> all = new LinkedHashSet<>(downRevisions);
        all.addAll(dependsOn);
        return List.copyOf(all);
    }

    /// @param stem the file's name without its ending; the author's words stand behind or before the revision in it
    static String name(String revision, String stem) {
        int at = stem.indexOf(revision);
        String after = at < 0 ? stem : stem.substring(at + revision.length());
        String words = after.replaceAll("^[-_.]+|[-_.]+$", "");
        return words.isEmpty() && at > 0 ? stem.substring(0, at).replaceAll("^[-_.]+|[-_.]+$", "") : words;
    }

    Migration migration(Path path, String stem, PythonFile file) {
        Script script = PythonScripts.code(path, file.source());
        Optional<Script> down = AlembicDowngrade.of(file).exists() ? Optional.of(script) : Optional.empty();
        return new Migration(revision, name(revision, stem), script, down);
    }
}
