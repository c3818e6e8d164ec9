package dev.godwit.statement;

import dev.godwit.text.SourceText;

/// Reads scripts.
public final class Scripts {
    private static final GrammarPool GRAMMARS = new GrammarPool();

    private Scripts() {}

    /// @return what PostgreSQL 18 makes of the script; never throws because of what stands in it
    public static ParsedScript parse(SourceText source) {
        return DeepStack.run(() -> new ScriptParser(source, GRAMMARS).parse());
    }
}
