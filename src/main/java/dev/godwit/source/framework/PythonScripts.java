package dev.godwit.source.framework;

import dev.godwit.source.Script;
import dev.godwit.source.TransactionMode;
import dev.godwit.text.SourceText;
import java.nio.file.Path;

/// Python files as scripts.
final class PythonScripts {
    private PythonScripts() {}

    static Script code(Path path, SourceText source) {
        return new Script(path, source, Script.Language.CODE, TransactionMode.AUTO);
    }
}
