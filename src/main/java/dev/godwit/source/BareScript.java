package dev.godwit.source;

import dev.godwit.problem.Problem;
import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.Optional;

/// One direction of a file that is looked at for its own sake, outside any project and whatever its name.
public final class BareScript {
    private BareScript() {}

    /// @param source the file's text; standard input is named `-`
    /// @param direction which section is meant, where the file has sections
    public static Script of(Path file, SourceText source, Direction direction) {
        Sections sections = Sections.of(source);
        if (!sections.problems().isEmpty()) {
            throw sections.problems().getFirst().raise();
        }
        Script script = sections.none()
                ? new Script(file, source)
                : section(sections, direction)
                        .map(s -> new Script(file, s.text()).with(s.transactionMode()))
                        .orElseThrow(() -> missing(source, direction));
        requireStatement(script, direction);
        return script;
    }

    private static Optional<Sections.Section> section(Sections sections, Direction direction) {
        return direction == Direction.UP ? sections.up() : sections.down();
    }

    private static RuntimeException missing(SourceText source, Direction direction) {
        return Problem.usage("the file has no line -- migrate:" + direction.word())
                .at(source.name())
                .remedy("write that section, or look at the other: --direction "
                        + direction.opposite().word())
                .raise();
    }

    private static void requireStatement(Script script, Direction direction) {
        boolean onPurpose = direction == Direction.DOWN && script.noOpReason().isPresent();
        if (script.firstStatement().isEmpty() && !onPurpose) {
            boolean empty = script.text().content().isBlank();
            throw Problem.usage(empty ? "the file is empty" : "the file has only comments, no statement")
                    .at(script.text().name())
                    .remedy("write what the migration does")
                    .raise();
        }
    }
}
