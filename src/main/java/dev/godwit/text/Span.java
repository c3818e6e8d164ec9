package dev.godwit.text;

/// A half-open range of UTF-16 offsets into [SourceText#content].
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a span: " + start + ".." + end);
        }
    }

    public int length() {
        return end - start;
    }
}
