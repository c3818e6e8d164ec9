package dev.godwit.source.framework;

import dev.godwit.problem.GodwitException;
import dev.godwit.problem.Problem;
import dev.godwit.source.Direction;
import dev.godwit.source.Script;
import dev.godwit.source.Sections;
import dev.godwit.source.SourceReader;
import dev.godwit.text.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One file of a plain SQL migration, read and judged.
///
/// @param name the path as people read it
/// @param problems where to tell what is wrong
record PlainSqlFile(Path path, String name, List<Problem> problems) {
    private static final int GLANCE_BYTES = 65_536;

    record Scripts(Script up, Optional<Script> down) {}

    /// A glance, for advice about a name: the file may hold anything, in any encoding, or be no file.
    static boolean hasSections(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(GLANCE_BYTES), StandardCharsets.ISO_8859_1);
            return start.contains("migrate:up");
        } catch (IOException _) {
            return false;
        }
    }

    /// Reads a file of the single-file form.
    Optional<Scripts> both() {
        Optional<SourceText> source = read();
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Sections sections = Sections.of(source.get());
        problems.addAll(sections.problems());
        if (sections.up().isEmpty()) {
            missingUp(source.get(), sections);
        }
        if (sections.up().isEmpty() || !sections.problems().isEmpty()) {
            return Optional.empty();
        }
        Optional<Script> down = sections.down().flatMap(section -> section(section, Direction.DOWN));
        return section(sections.up().get(), Direction.UP).map(up -> new Scripts(up, down));
    }

    private void missingUp(SourceText source, Sections sections) {
        if (source.content().isBlank()) {
            problem("the file is empty", name, "write the migration, or delete the file");
        } else if (sections.problems().isEmpty()) {
            problem(
                    "the file has no line -- migrate:up",
                    name,
                    "write -- migrate:up above what it does and -- migrate:down above its undo, or make it a pair of "
                            + "files: VERSION_NAME.up.sql and VERSION_NAME.down.sql");
        }
    }

    private Optional<Script> section(Sections.Section section, Direction direction) {
        Script script = new Script(path, section.text()).with(section.transactionMode());
        return judge(script, direction, name + ":" + section.line(), "the " + direction.word() + " section");
    }

    /// Reads a file of a pair. A marker at its top may carry options.
    Optional<Script> one(Direction direction) {
        return read().flatMap(source -> {
            Sections sections = Sections.of(source);
            problems.addAll(sections.problems());
            if (!sections.problems().isEmpty() || holdsOther(sections, direction)) {
                return Optional.empty();
            }
            return own(sections, direction)
                    .map(section -> section(section, direction))
                    .orElseGet(() -> judge(new Script(path, source), direction, name, "the file"));
        });
    }

    private static Optional<Sections.Section> own(Sections sections, Direction direction) {
        return direction == Direction.UP ? sections.up() : sections.down();
    }

    private boolean holdsOther(Sections sections, Direction direction) {
        Optional<Sections.Section> other = own(sections, direction.opposite());
        other.ifPresent(section -> problem(
                "a file named ." + direction.word() + ".sql holds only that direction, but here is a -- migrate:"
                        + direction.opposite().word(),
                name + ":" + section.line(),
                "move that section to the ." + direction.opposite().word()
                        + ".sql file, or rename this file to NAME.sql and keep both in it"));
        return other.isPresent();
    }

    private Optional<SourceText> read() {
        try {
            return Optional.of(SourceReader.read(path, name));
        } catch (GodwitException e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    /// @param subject what to call the text in a sentence
    private Optional<Script> judge(Script script, Direction direction, String place, String subject) {
        boolean works = script.firstStatement().isPresent();
        Optional<String> noOp = script.noOpReason();
        if (direction == Direction.DOWN && noOp.isPresent()) {
            return noOp(script, works, noOp.get(), place);
        }
        if (works) {
            return Optional.of(script);
        }
        boolean empty = script.text().content().isBlank();
        problem(
                empty ? subject + " is empty" : subject + " has only comments, no statement",
                place,
                emptyRemedy(direction));
        return Optional.empty();
    }

    private static String emptyRemedy(Direction direction) {
        return direction == Direction.UP
                ? "write what the migration does, or delete it"
                : "write the undo; when there is nothing to undo, say so: -- godwit:no-op REASON";
    }

    private Optional<Script> noOp(Script script, boolean works, String reason, String place) {
        if (works) {
            problem(
                    "-- godwit:no-op says that there is nothing to undo, but statements follow",
                    place,
                    "delete the comment or the statements");
            return Optional.empty();
        }
        if (reason.isEmpty()) {
            problem(
                    "-- godwit:no-op gives no reason",
                    place,
                    "say why nothing has to be undone: -- godwit:no-op REASON");
            return Optional.empty();
        }
        return Optional.of(script);
    }

    private void problem(String what, String place, String remedy) {
        problems.add(Problem.usage(what).at(place).remedy(remedy));
    }
}
