package dev.godwit.statement;

import dev.godwit.text.SourceText;
import java.util.List;

/// Reads scripts.
public final class Scripts {
    private Scripts() {}

    public static ParsedScript parse(SourceText source) {
        return new ParsedScript(source, List.of(), List.of());
    }
}
