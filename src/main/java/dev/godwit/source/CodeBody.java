package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// What a migration says in its framework's own words: lines of code for the frame that the adapter writes around them.
///
/// @param imports what the lines need beside the frame's own imports, one line each, in the framework's language
/// @param up lines without the frame's indentation; those of a text over several lines keep the margin that they need
/// @param down the same for the way back. Empty: the framework undoes `up` by itself (Rails' `change`, Django's
///     operations). An empty list: nobody knows the way back, the adapter writes what it writes then
public record CodeBody(List<String> imports, List<String> up, Optional<List<String>> down) {
    public CodeBody {
        imports = List.copyOf(imports);
        up = List.copyOf(up);
        requireNonNull(down);
        down = down.map(List::copyOf);
    }

    public boolean undoesItself() {
        return down.isEmpty();
    }
}
