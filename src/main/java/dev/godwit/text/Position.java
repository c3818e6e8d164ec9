package dev.godwit.text;

/// A place in a text as an editor shows it: line and column, both counted from 1, the column in characters (code
/// points), so that `é` and an emoji each count as one.
public record Position(int line, int column) {
    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("line and column count from 1: " + line + ":" + column);
        }
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
