package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import dev.godwit.problem.Problem;
import dev.godwit.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text of SQL that may hold both directions under `-- migrate:up` and `-- migrate:down`, in dbmate's syntax, so that
/// dbmate runs the same files.
///
/// Markers are found by line, as dbmate finds them: also inside a string or a block comment.
///
/// @param up the text of `-- migrate:up`, the other lines blank; empty when there is no such marker
/// @param down the same of `-- migrate:down`
/// @param problems what is wrong with the markers
public record Sections(Optional<Section> up, Optional<Section> down, List<Problem> problems) {
    /// @param line the marker's line
    public record Section(SourceText text, TransactionMode transactionMode, int line) {
        public Section {
            requireNonNull(text);
            requireNonNull(transactionMode);
        }
    }

    /// @param body offset at which the section's text begins
    private record Marker(Direction direction, TransactionMode mode, int line, int start, int body) {}

    private static final Pattern MARKER = Pattern.compile("([ \\t]*)--[ \\t]*(?i:migrate):(\\S*)[ \\t]*(.*?)\\s*");

    public Sections {
        problems = List.copyOf(problems);
    }

    public static Sections of(SourceText source) {
        Scan scan = new Scan(source);
        scan.findMarkers();
        scan.checkOrder();
        return new Sections(scan.section(Direction.UP), scan.section(Direction.DOWN), scan.problems);
    }

    public boolean none() {
        return up.isEmpty() && down.isEmpty() && problems.isEmpty();
    }

    private static final class Scan {
        private final SourceText source;
        private final String content;
        private final List<Marker> markers = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        Scan(SourceText source) {
            this.source = source;
            this.content = source.content();
        }

        /// Walks by line ends, and looks closer only at lines that name a marker: files can be large.
        void findMarkers() {
            int start = 0;
            for (int line = 1; line <= source.lineCount(); line++) {
                int newline = content.indexOf('\n', start);
                int next = newline < 0 ? content.length() : newline + 1;
                if (looksLikeMarker(start, next)) {
                    readMarker(line, start, next);
                }
                start = next;
            }
        }

        private boolean looksLikeMarker(int start, int end) {
            int at = start;
            while (at < end && (content.charAt(at) == ' ' || content.charAt(at) == '\t')) {
                at++;
            }
            return content.startsWith("--", at);
        }

        private void readMarker(int line, int start, int next) {
            Matcher matcher = MARKER.matcher(content.substring(start, next).stripTrailing());
            if (!matcher.matches()) {
                return;
            }
            Optional<Direction> direction = direction(line, matcher.group(2));
            if (!matcher.group(1).isEmpty()) {
                problem(
                        line,
                        "the marker does not begin its line, so dbmate would not see it",
                        "delete the spaces before it");
            }
            direction.ifPresent(d -> markers.add(new Marker(d, options(line, matcher.group(3)), line, start, next)));
        }

        private Optional<Direction> direction(int line, String word) {
            for (Direction direction : Direction.values()) {
                if (word.equals(direction.word())) {
                    return Optional.of(direction);
                }
            }
            String meant = Nearest.of(word, List.of("up", "down")).orElse("up or -- migrate:down");
            problem(line, "there is no marker migrate:" + word, "write -- migrate:" + meant);
            return Optional.empty();
        }

        private TransactionMode options(int line, String text) {
            return switch (text) {
                case "" -> TransactionMode.AUTO;
                case "transaction:false" -> TransactionMode.NEVER;
                case "transaction:true" -> TransactionMode.ALWAYS;
                default -> {
                    unknownOption(line, text);
                    yield TransactionMode.AUTO;
                }
            };
        }

        private void unknownOption(int line, String text) {
            if (text.equals("transaction") || text.startsWith("transaction:")) {
                String value = text.substring(Math.min(text.length(), "transaction:".length()));
                problem(
                        line,
                        "transaction is true or false, not \"" + value + "\"",
                        "write transaction:false, or delete it");
                return;
            }
            boolean meant = Nearest.of(text.replaceAll(":.*", ""), List.of("transaction"))
                    .isPresent();
            problem(
                    line,
                    "\"" + text + "\" after the marker is no option",
                    meant
                            ? "did you mean transaction:false?"
                            : "the one option is transaction:false; a comment needs a line of its own");
        }

        void checkOrder() {
            for (Direction direction : Direction.values()) {
                List<Marker> same = of(direction);
                if (same.size() > 1) {
                    problem(
                            same.get(1).line(),
                            "a second -- migrate:" + direction.word() + "; the first is on line "
                                    + same.getFirst().line(),
                            "keep one section for each direction");
                }
            }
            boolean downFirst = !markers.isEmpty() && markers.getFirst().direction() == Direction.DOWN;
            if (downFirst && !of(Direction.UP).isEmpty()) {
                problem(
                        markers.getFirst().line(),
                        "-- migrate:down comes before -- migrate:up",
                        "put the up section first, as dbmate wants it");
            }
            if (!markers.isEmpty()) {
                checkPreamble(markers.getFirst());
            }
        }

        private void checkPreamble(Marker first) {
            SqlComments.firstStatement(content, 0, first.start())
                    .ifPresent(offset -> problem(
                            source.position(offset).line(),
                            "a statement before the first marker belongs to no direction",
                            "move it below -- migrate:up"));
        }

        Optional<Section> section(Direction direction) {
            return of(direction).stream().findFirst().map(this::section);
        }

        private Section section(Marker marker) {
            int end = markers.stream()
                    .mapToInt(Marker::start)
                    .filter(s -> s >= marker.body())
                    .min()
                    .orElse(content.length());
            String text = "\n".repeat(marker.line()) + content.substring(marker.body(), end);
            return new Section(new SourceText(source.name(), text), marker.mode(), marker.line());
        }

        private List<Marker> of(Direction direction) {
            return markers.stream().filter(m -> m.direction() == direction).toList();
        }

        private void problem(int line, String what, String remedy) {
            problems.add(Problem.usage(what).at(source.name() + ":" + line).remedy(remedy));
        }
    }
}
