package dev.godwit.source;

import static java.util.Objects.requireNonNull;

import dev.godwit.text.SourceText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// One direction of a migration.
///
/// @param file where it is on disk
/// @param text what it says. When a file holds both directions, the lines of the other one are blank here, so that line
///     and column are those of the file. The text's name is the path as people read it, relative to the project root
/// @param language whether the server can be sent the text as it stands
/// @param transactionMode what the author asked for, [TransactionMode#AUTO] when nothing was said
public record Script(Path file, SourceText text, Language language, TransactionMode transactionMode) {
    /// What a script is written in.
    public enum Language {
        /// What the server gets.
        SQL,
        /// A program or a description (Ruby, PHP, Python, Java, XML, YAML): its SQL is known only by running it.
        CODE
    }

    public Script {
        requireNonNull(file);
        requireNonNull(text);
        requireNonNull(language);
        requireNonNull(transactionMode);
    }

    public Script(Path file, SourceText text) {
        this(file, text, Language.SQL, TransactionMode.AUTO);
    }

    public Script with(TransactionMode mode) {
        return new Script(file, text, language, mode);
    }

    /// @return the offset of the first character that is neither white space, comment nor a lone semicolon; empty when
    ///     the script does nothing
    public OptionalInt firstStatement() {
        return SqlComments.firstStatement(text.content(), 0, text.content().length());
    }

    /// @return the reason of `-- godwit:no-op reason`, with which an author says that there is nothing to do on purpose
    public Optional<String> noOpReason() {
        return SqlComments.noOpReason(text.content());
    }
}
