package dev.godwit.report.format;

import dev.godwit.text.Position;
import dev.godwit.text.SourceText;
import dev.godwit.text.Span;

/// A span as line and column.
///
/// @param end the first character after it
record Region(Position start, Position end) {
    static Region of(SourceText source, Span span) {
        return new Region(source.position(span.start()), source.position(span.end()));
    }

    boolean oneLine() {
        return start.line() == end.line();
    }
}
