package dev.godwit.report.format;

import dev.godwit.report.format.Paint.Role;
import dev.godwit.text.Position;
import dev.godwit.text.SourceText;
import dev.godwit.text.Span;

/// The lines of a finding with carets under what it is about; of a long one the first and the last.
final class Excerpt {
    /// A tab is shown as this many blanks, so that the carets stand under what they mean.
    private static final String TAB = "    ";

    private static final int MOST_LINES = 6;
    private static final int HEAD_LINES = 4;

    private final SourceText source;
    private final Position start;
    private final Position end;
    private final Paint paint;
    private final int gutter;
    private final StringBuilder out = new StringBuilder();

    private Excerpt(SourceText source, Span span, Paint paint) {
        this.source = source;
        this.start = source.position(span.start());
        this.end = source.position(span.end());
        this.paint = paint;
        this.gutter = String.valueOf(end.line()).length() + 1;
    }

    /// @param paint gets the carets as [Role#STRONG]
    static String of(SourceText source, Span span, Paint paint) {
        return new Excerpt(source, span, paint).draw();
    }

    private String draw() {
        int lines = end.line() - start.line() + 1;
        int head = lines <= MOST_LINES ? lines : HEAD_LINES;
        for (int line = start.line(); line < start.line() + head; line++) {
            line(line);
        }
        if (head < lines) {
            frame(" ".repeat(gutter - 1) + ":", "");
            line(end.line());
        }
        return out.toString();
    }

    private void line(int line) {
        String text = source.line(line);
        frame(String.format("%" + gutter + "d", line), text.replace("\t", TAB));
        int from = line == start.line() ? offset(text, start.column()) : indentation(text);
        int to = line == end.line()
                ? offset(text, end.column())
                : text.stripTrailing().length();
        int width = Math.max(1, columns(text.substring(Math.min(from, to), to)));
        String carets = " ".repeat(columns(text.substring(0, from))) + paint.apply(Role.STRONG, "^".repeat(width));
        if (!text.isBlank()) {
            frame(" ".repeat(gutter), carets);
        }
    }

    private void frame(String number, String text) {
        String bar = paint.apply(Role.FAINT, number + " |");
        out.append((bar + " " + text).stripTrailing()).append('\n');
    }

    private static int offset(String text, int column) {
        return text.offsetByCodePoints(0, Math.min(column - 1, text.codePointCount(0, text.length())));
    }

    private static int indentation(String text) {
        return text.length() - text.stripLeading().length();
    }

    private int columns(String text) {
        String shown = text.replace("\t", TAB);
        return shown.codePointCount(0, shown.length());
    }
}
